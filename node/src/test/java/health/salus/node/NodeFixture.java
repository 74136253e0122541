package health.salus.node;

import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.Governance;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Handle;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.P256PrivateKey;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.node.organization.LogKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The files of a node with the one organization {@code hospital}, which begins a network; and a node that has started. */
public final class NodeFixture implements AutoCloseable {
    private final P256PrivateKey authority = P256PrivateKey.generate();
    private final Path directory;
    private final Governance governance;
    private final List<Candidate> others;
    private final RunningNode node;

    private NodeFixture(Path directory, Governance governance, List<Candidate> others, String... settings)
            throws IOException {
        this.directory = directory;
        this.governance = governance;
        this.others = others;
        this.node = SalusNode.start(writeFiles(), List.of(settings));
    }

    /** Starts a node that listens at a free port of the loopback address. */
    public static NodeFixture start(Path directory, String... settings) throws IOException {
        return new NodeFixture(directory, Governance.FOUNDER, List.of(), settings);
    }

    /** The same in a network where {@code others}, which have no nodes, vote too. */
    public static NodeFixture startAmong(Path directory, List<Candidate> others) throws IOException {
        return new NodeFixture(directory, Governance.MEMBERS, others);
    }

    /** The node. */
    public RunningNode node() {
        return node;
    }

    /** A transaction signed with the organization's CA key. */
    public Transaction signed(String contract, String action, JsonObject arguments) {
        Instant expires = Instant.now().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
        return TransactionBody.of(node.ledger().ledger().network(), contract, action, arguments, expires)
                .sign(authority.publicKey().thumbprint(), authority);
    }

    @Override
    public void close() {
        node.close();
    }

    private Path writeFiles() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "for tests only\n");
        Path keys = directory.resolve("hospital.p12");
        KeyStoreFile store = KeyStoreFile.create(keys, KeyStorePassword.ofFile(password));
        Path genesis =
                Files.write(directory.resolve("genesis.json"), genesis(store).canonical());
        return Files.writeString(
                directory.resolve("salus.yaml"), """
                salus:
                  data: %s
                  listen: {port: 0}
                  ledger: {genesis: %s}
                  organizations:
                    - {id: hospital, key-store: %s, password: "file:%s"}
                logging.structured.format.console: ""
                """.formatted(directory.resolve("data"), genesis, keys, password));
    }

    private JsonObject genesis(KeyStoreFile keys) {
        Candidate hospital = new Candidate(
                "hospital",
                authority.publicKey(),
                "https://hospital.example/fhir",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                LogKeys.recordLog(keys, "hospital").verifier().publicKey()));
        return NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "test")
                                .put("salt", Handle.random().value()),
                        governance,
                        Stream.concat(Stream.of(hospital), others.stream()).toList(),
                        NetworkRules.latest())
                .build();
    }
}
