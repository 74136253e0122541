package health.salus.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.contracts.records.RecordsAction;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Role;
import health.salus.identity.testing.SoftPasskey;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.tlog.note.NoteSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passkeys at the door of a real ledger: a signature cannot be diverted to anything else. */
class PasskeyLedgerIT {
    private static final String ORIGIN = "https://hospital.example";
    private static final Handle PATIENT = Handle.random();

    @TempDir
    private Path dir;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final P256PrivateKey authority = P256PrivateKey.generate();
    private final P256PrivateKey gateway = P256PrivateKey.generate();
    private final SoftPasskey passkey = new SoftPasskey(ORIGIN);
    private final Sha256 kid = passkey.publicKey().thumbprint();

    @Test
    void what_a_passkey_signed_is_taken_once() {
        try (Ledger ledger = registered(NetworkRules.latest())) {
            byte[] input = input(ledger, new AddKey(P256PrivateKey.generate().publicKey()));
            byte[] jws = CompactJws.withAssertion(input, passkey.sign(Sha256.of(input)));
            long height = committed(ledger.submit(jws).join());

            byte[] again = CompactJws.withAssertion(input, passkey.sign(Sha256.of(input)));
            assertThat(committed(ledger.submit(again).join()))
                    .as("the same transaction, whatever signs it")
                    .isEqualTo(height);
        }
    }

    @Test
    void an_assertion_for_other_bytes_is_refused() {
        try (Ledger ledger = registered(NetworkRules.latest())) {
            byte[] shown = input(ledger, new AddKey(P256PrivateKey.generate().publicKey()));
            byte[] other = input(ledger, new AddKey(P256PrivateKey.generate().publicKey()));

            assertThat(answer(ledger, CompactJws.withAssertion(other, passkey.sign(Sha256.of(shown)))))
                    .isEqualTo("bad-signature");
        }
    }

    @Test
    void a_user_who_was_not_verified_is_refused() {
        try (Ledger ledger = registered(NetworkRules.latest())) {
            passkey.flags(0x01);

            assertThat(answer(ledger, signed(ledger, passkey))).isEqualTo("bad-signature");
        }
    }

    @Test
    void another_passkey_under_this_ones_id_is_refused() {
        try (Ledger ledger = registered(NetworkRules.latest())) {
            assertThat(answer(ledger, signed(ledger, new SoftPasskey(ORIGIN)))).isEqualTo("bad-signature");
        }
    }

    @Test
    void another_origin_and_a_counter_that_goes_back_are_rejected_by_the_contract() {
        try (Ledger ledger = registered(NetworkRules.latest())) {
            passkey.counter(10);
            assertThat(answer(ledger, signed(ledger, passkey))).isEqualTo("accepted");
            passkey.counter(10);
            assertThat(answer(ledger, signed(ledger, passkey))).isEqualTo("passkey-copied");
            passkey.counter(11);
            passkey.origin("https://hospital.example.evil.example");
            assertThat(answer(ledger, signed(ledger, passkey))).isEqualTo("wrong-origin");
        }
    }

    @Test
    void contracts_without_passkeys_refuse_them() {
        try (Ledger ledger = registered(NetworkRules.latest())) {
            byte[] input = input(ledger, new RecordsAction.Locate(PATIENT, ORIGIN + "/fhir/Patient/" + PATIENT));

            assertThat(answer(ledger, CompactJws.withAssertion(input, passkey.sign(Sha256.of(input)))))
                    .isEqualTo("malformed");
        }
    }

    @Test
    void the_first_version_of_the_rules_knows_none() {
        SortedMap<String, Integer> versions = new TreeMap<>(Map.of("access", 1, "network", 1, "records", 1));
        try (Ledger ledger = founded(versions)) {
            assertThat(answer(ledger, registration(ledger))).isEqualTo("invalid-argument");
            assertThat(answer(ledger, signed(ledger, passkey))).isEqualTo("malformed");
        }
    }

    private Ledger registered(SortedMap<String, Integer> versions) {
        Ledger ledger = founded(versions);
        assertThat(answer(ledger, registration(ledger))).isEqualTo("accepted");
        return ledger;
    }

    private Ledger founded(SortedMap<String, Integer> versions) {
        Candidate hospital = new Candidate(
                "hospital",
                authority.publicKey(),
                "https://hospital.example/fhir",
                Sha256.of(new byte[] {1}).base64Url());
        Genesis genesis = Genesis.of(NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "passkeys")
                                .put("salt", Handle.random().value()),
                        List.of(hospital),
                        versions)
                .build());
        Ledger ledger = Ledger.create(
                dir.resolve("ledger"),
                genesis,
                NoteSigner.generate(genesis.origin(), new SecureRandom()),
                NetworkRules.rules(),
                LedgerOptions.DEFAULT);
        EnrollCertificate enrolment = new EnrollCertificate(
                TestKeys.kid("gateway"),
                gateway.publicKey(),
                Role.CLIENT,
                EnumSet.of(Attribute.GATEWAY),
                new Period(now, now.plus(Duration.ofDays(1))));
        byte[] jws = body(ledger, enrolment)
                .sign(authority.publicKey().thumbprint(), authority)
                .jws();
        assertThat(answer(ledger, jws)).isEqualTo("accepted");
        return ledger;
    }

    private byte[] registration(Ledger ledger) {
        return body(ledger, new RegisterPatient(PATIENT, NewKey.passkey(passkey.publicKey(), ORIGIN)))
                .sign(TestKeys.kid("gateway"), gateway)
                .jws();
    }

    private byte[] signed(Ledger ledger, SoftPasskey by) {
        byte[] input = input(ledger, new AddKey(P256PrivateKey.generate().publicKey()));
        return CompactJws.withAssertion(input, by.sign(Sha256.of(input)));
    }

    private byte[] input(Ledger ledger, Action action) {
        return CompactJws.signingInputForPasskey(body(ledger, action).toJson().canonical(), kid);
    }

    private TransactionBody body(Ledger ledger, Action action) {
        return TransactionBody.of(
                ledger.genesis().network(),
                action.contract(),
                action.action(),
                action.arguments(),
                now.plus(Duration.ofHours(1)));
    }

    private static String answer(Ledger ledger, byte[] jws) {
        return switch (ledger.submit(jws).join()) {
            case Submission.Refused refused -> refused.reason().code();
            case Submission.Committed committed ->
                committed.rejection().map(Object::toString).orElse("accepted");
            case Submission.Unknown unknown -> "unknown";
        };
    }

    private static long committed(Submission submission) {
        return ((Submission.Committed) submission).height();
    }
}
