package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.P256PrivateKey;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorIT {
    private static final BigInteger ORDER = new BigInteger(
            1, HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();
    private Ledger ledger;

    @BeforeEach
    void begin() {
        ledger = network.create(dir);
    }

    @AfterEach
    void nothing_refused_is_in_the_log() {
        assertThat(ledger.height()).isZero();
        ledger.close();
    }

    @Test
    void what_is_no_jws_is_malformed() {
        byte[] jws = network.add(1, 1).jws();
        assertRefused(Refusal.MALFORMED, new byte[0]);
        assertRefused(Refusal.MALFORMED, bytes("{}"));
        assertRefused(Refusal.MALFORMED, bytes("a.b.c"));
        assertRefused(Refusal.MALFORMED, Arrays.copyOf(jws, jws.length - 1));
        assertRefused(Refusal.MALFORMED, Arrays.copyOfRange(jws, 1, jws.length));
        assertRefused(Refusal.MALFORMED, bytes(new String(jws, StandardCharsets.US_ASCII) + "="));
    }

    @Test
    void a_payload_that_is_not_the_one_expected_is_malformed() {
        assertRefused(Refusal.MALFORMED, signed("[]"));
        assertRefused(Refusal.MALFORMED, signed("{}"));
        assertRefused(Refusal.MALFORMED, signed("not json"));
        assertRefused(Refusal.MALFORMED, signed(payload().replace("\"arguments\":{", "\"arguments\":{\"a\":1.5,")));
        assertRefused(Refusal.MALFORMED, signed(payload().replace("\"arguments\":{", "\"arguments\":{\"a\":null,")));
        assertRefused(Refusal.MALFORMED, signed(payload().replace("\"action\"", "\"action\":\"x\",\"action\"")));
        assertRefused(Refusal.MALFORMED, signed(payload().replace("\"nonce\":\"", "\"nonce\":\"!")));
    }

    @Test
    void deep_nesting_and_huge_numbers_are_malformed() {
        String deep = "[".repeat(30_00) + "]".repeat(30_00);
        assertRefused(
                Refusal.MALFORMED, signed(payload().replace("\"arguments\":{", "\"arguments\":{\"a\":" + deep + ",")));
        assertRefused(Refusal.MALFORMED, signed(payload().replace("\"amount\":1", "\"amount\":" + "9".repeat(5_000))));
        assertRefused(Refusal.MALFORMED, signed(payload().replace("\"amount\":1", "\"amount\":9007199254740992")));
        assertRefused(Refusal.MALFORMED, signed(payload().replace("\"amount\":1", "\"amount\":1e400")));
    }

    @Test
    void json_that_is_not_canonical_is_told_apart() {
        assertRefused(Refusal.NOT_CANONICAL, signed(payload().replace(":{", ": {")));
        assertRefused(Refusal.NOT_CANONICAL, signed(payload().replace("add", "\\u0061dd")));
    }

    @Test
    void what_is_too_large_is_refused_unread() {
        assertRefused(Refusal.TOO_LARGE, new byte[Transaction.MAX_BYTES + 1]);
        assertRefused(Refusal.TOO_LARGE, signed(payload().replace("add", "a".repeat(Transaction.MAX_BYTES))));
    }

    @Test
    void a_transaction_of_another_network_is_refused() {
        assertRefused(Refusal.WRONG_NETWORK, new TestNetwork().add(1, 1).jws());
    }

    @Test
    void a_transaction_that_expired_or_lives_too_long_is_refused() {
        assertRefused(Refusal.EXPIRED, expiring(Duration.ofSeconds(-1)));
        assertRefused(Refusal.EXPIRES_TOO_LATE, expiring(Transaction.LONGEST_LIFE.plusSeconds(10)));
    }

    @Test
    void unknown_contracts_and_actions_are_refused() {
        Instant expires = TestNetwork.expiry(Duration.ofHours(1));
        JsonObject arguments = TestNetwork.arguments(1, 1);
        String id = network.genesis.network();
        assertRefused(Refusal.UNKNOWN_CONTRACT, sign(TransactionBody.of(id, "nothing", "add", arguments, expires)));
        assertRefused(Refusal.UNKNOWN_ACTION, sign(TransactionBody.of(id, "register", "sub", arguments, expires)));
    }

    @Test
    void an_unknown_key_and_a_signature_by_another_are_refused() {
        P256PrivateKey stranger = P256PrivateKey.generate();
        TransactionBody body = network.body("add", 1, 1);
        Sha256 strange = stranger.publicKey().thumbprint();
        assertRefused(Refusal.UNKNOWN_KEY, body.sign(strange, stranger).jws());
        assertRefused(Refusal.BAD_SIGNATURE, body.sign(network.kid, stranger).jws());
    }

    @Test
    void a_signature_with_the_higher_s_is_refused() {
        String jws = network.add(1, 1).toString();
        int dot = jws.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(jws.substring(dot + 1));
        BigInteger high = ORDER.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        byte[] s = high.toByteArray();
        Arrays.fill(signature, 32, 64, (byte) 0);
        int length = Math.min(32, s.length);
        System.arraycopy(s, s.length - length, signature, 64 - length, length);

        assertRefused(
                Refusal.BAD_SIGNATURE,
                bytes(jws.substring(0, dot + 1)
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature)));
    }

    private void assertRefused(Refusal reason, byte[] jws) {
        assertThat(ledger.submit(jws).join())
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private String payload() {
        return new String(network.body("add", 1, 1).toJson().canonical(), StandardCharsets.UTF_8);
    }

    private byte[] signed(String payload) {
        return CompactJws.sign(bytes(payload), network.kid, network.key).compact();
    }

    private byte[] sign(TransactionBody body) {
        return network.sign(body).jws();
    }

    private byte[] expiring(Duration ahead) {
        TransactionBody body = network.body("add", 1, 1);
        return sign(TransactionBody.of(
                body.network(), body.contract(), body.action(), body.arguments(), TestNetwork.expiry(ahead)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
