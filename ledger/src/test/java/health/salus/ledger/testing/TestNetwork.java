package health.salus.ledger.testing;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Contracts;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.contract.WorldState;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Progress;
import health.salus.ledger.verify.Verification;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A network of one signer whose genesis activates {@link RegisterContract}. */
public final class TestNetwork {
    private static final Map<String, P256PublicKey> KEYS = new ConcurrentHashMap<>();

    public static final Rules RULES = new Rules(
            Contracts.of(new RegisterContract(), new WitnessContract()),
            TestNetwork::version,
            TestNetwork::find,
            TestNetwork::begin);

    public final P256PrivateKey key;
    public final Sha256 kid;
    public final Genesis genesis;
    public final NoteSigner signer;

    public TestNetwork() {
        this(WitnessSet.NONE);
    }

    /** With witnesses from the beginning. */
    public TestNetwork(WitnessSet witnesses) {
        this(P256PrivateKey.generate(), "", witnesses);
    }

    private TestNetwork(P256PrivateKey key, String signerSecret, WitnessSet witnesses) {
        this.key = key;
        this.kid = key.publicKey().thumbprint();
        this.genesis = genesis(witnesses);
        this.signer = signerSecret.isEmpty()
                ? NoteSigner.generate(genesis.origin(), new SecureRandom())
                : NoteSigner.parse(signerSecret);
    }

    private Genesis genesis(WitnessSet witnesses) {
        return Genesis.of(JsonObject.builder()
                .put("name", "test")
                .put("salt", handle(7))
                .put(
                        "keys",
                        JsonObject.builder()
                                .put(kid.base64Url(), key.publicKey().base64Url())
                                .build())
                .put(
                        "contracts",
                        JsonObject.builder()
                                .put("network", 1)
                                .put("register", 1)
                                .build())
                .put("witnesses", witnesses.toJson())
                .build());
    }

    /** Writes the keys, for another process. */
    public void save(Path file) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        Files.write(
                file,
                List.of(
                        base64.encodeToString(key.key().getEncoded()),
                        key.publicKey().base64Url(),
                        signer.secretText(),
                        new String(member(genesis.content(), "witnesses").canonical(), StandardCharsets.UTF_8)));
    }

    private static WitnessSet witnesses(String json) {
        return WitnessSet.ofJson(JsonReader.object(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads what {@link #save} wrote. */
    public static TestNetwork load(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        byte[] pkcs8 = Base64.getDecoder().decode(lines.get(0));
        return new TestNetwork(
                P256PrivateKey.of(pkcs8, P256PublicKey.ofBase64Url(lines.get(1))),
                lines.get(2),
                witnesses(lines.get(3)));
    }

    /** Verifies a ledger, closed or killed, with its state. */
    public Verification verify(Path ledger, Path scratch) {
        try (StoppedLog log = log(ledger)) {
            return new LedgerVerifier(log, RULES, scratch, 2, Progress.NONE).verify(ledger.resolve("state"));
        }
    }

    /** The log of a ledger, closed or killed. */
    public StoppedLog log(Path ledger) {
        return StoppedLog.open(ledger.resolve("log"), genesis.origin(), signer.verifier());
    }

    public Ledger create(Path dir) {
        return create(dir, LedgerOptions.DEFAULT);
    }

    public Ledger create(Path dir, LedgerOptions options) {
        return Ledger.create(dir, genesis, signer, RULES, options);
    }

    public Ledger open(Path dir) {
        return Ledger.open(dir, signer, RULES, LedgerOptions.DEFAULT);
    }

    /** Commits so many accepted transactions. */
    public void load(Ledger ledger, int transactions) {
        List<CompletableFuture<Submission>> answers = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            answers.add(ledger.submit(add(i % 97, 1).jws()));
        }
        for (CompletableFuture<Submission> answer : answers) {
            if (!(answer.join() instanceof Submission.Committed committed) || !committed.isAccepted()) {
                throw new AssertionError("not accepted: " + answer.join());
            }
        }
    }

    /** A transaction that adds {@code amount} to the number under {@link #handle}. */
    public Transaction add(long number, long amount) {
        return sign(body("add", number, amount));
    }

    public Transaction sign(TransactionBody body) {
        return body.sign(kid, key);
    }

    /** A transaction that makes these the witnesses from the next block on. */
    public Transaction witnesses(WitnessSet next) {
        return sign(TransactionBody.of(
                genesis.network(),
                WitnessContract.NAME,
                "witnesses",
                JsonObject.builder()
                        .put("set", new String(next.toJson().canonical(), StandardCharsets.UTF_8))
                        .build(),
                expiry(Duration.ofHours(1))));
    }

    public TransactionBody body(String action, long number, long amount) {
        return TransactionBody.of(
                genesis.network(), "register", action, arguments(number, amount), expiry(Duration.ofHours(1)));
    }

    public static JsonObject arguments(long number, long amount) {
        return JsonObject.builder()
                .put("handle", handle(number))
                .put("amount", amount)
                .build();
    }

    public static Instant expiry(Duration ahead) {
        return Instant.ofEpochSecond(Instant.now().plus(ahead).getEpochSecond());
    }

    /** The handle whose digits say {@code number}. */
    public static String handle(long number) {
        return "0".repeat(16) + HexFormat.of().toHexDigits(number);
    }

    public static long number(StateView state, long handle) {
        return state.get(RegisterContract.key(handle(handle)))
                .map(value -> value.members().get("number"))
                .map(number -> ((JsonInteger) number).value())
                .orElse(-1L);
    }

    private static OptionalInt version(StateView state, String contract, long height) {
        return state.get(new StateKey("network", "contract/" + contract))
                .map(value -> value.members().get("version"))
                .map(version -> OptionalInt.of((int) ((JsonInteger) version).value()))
                .orElseGet(OptionalInt::empty);
    }

    private static Optional<P256PublicKey> find(StateView state, Sha256 kid, Instant time) {
        return state.get(new StateKey("network", "key/" + kid.base64Url()))
                .map(value -> value.members().get("point"))
                .map(point -> KEYS.computeIfAbsent(((JsonString) point).value(), P256PublicKey::ofBase64Url));
    }

    private static void begin(JsonObject genesis, WorldState state) {
        ((JsonObject) member(genesis, "keys"))
                .members()
                .forEach((kid, point) -> state.put(
                        new StateKey("network", "key/" + kid),
                        JsonObject.builder().put("point", point).build()));
        ((JsonObject) member(genesis, "contracts"))
                .members()
                .forEach((name, version) -> state.put(
                        new StateKey("network", "contract/" + name),
                        JsonObject.builder().put("version", version).build()));
        WitnessSet witnesses = WitnessSet.ofJson((JsonObject) member(genesis, "witnesses"));
        if (!witnesses.isEmpty()) {
            state.put(WitnessSet.KEY, witnesses.toJson());
        }
    }

    private static Json member(JsonObject object, String name) {
        return Optional.ofNullable(object.members().get(name)).orElseThrow();
    }
}
