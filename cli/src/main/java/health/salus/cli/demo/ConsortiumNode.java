package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.identity.NewOrganization;
import health.salus.contracts.network.Node;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.finality.WitnessSet;
import health.salus.node.config.NodeSettings.CatchUp;
import health.salus.node.organization.LogKeys;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.SignatureVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An organization of the demo with a node of its own.
 *
 * @param admin who votes for it
 * @param raft port of its ordering
 */
record ConsortiumNode(
        Institution institution, Member admin, URI address, int raft, Path directory, NodeProcess process) {
    static ConsortiumNode of(Institution institution, Member admin, URI address, int raft, Path directory) {
        NodeProcess process = new NodeProcess(directory.resolve("salus.yaml"), address, directory.resolve("node.out"));
        return new ConsortiumNode(institution, admin, address, raft, directory, process);
    }

    String id() {
        return institution.id();
    }

    /** What its node stores. */
    Path data() {
        return directory.resolve("node");
    }

    /**
     * Writes what its node is started with.
     *
     * @param fhir the FHIR server that it has: {@code embedded} or {@code none}
     * @param join nodes from which it takes blocks while it is no member
     * @param catchUp how
     */
    void configure(Path genesis, Path password, String fhir, List<URI> join, CatchUp catchUp) throws IOException {
        Files.writeString(directory.resolve("salus.yaml"), """
                salus:
                  data: %s
                  listen: {address: 127.0.0.1, port: %d}
                  ledger:
                    genesis: %s
                    ordering: raft
                    raft: {address: 127.0.0.1, port: %d, join: [%s], catch-up: %s}
                  organizations:
                    - {id: %s, key-store: %s, password: "file:%s", fhir: {kind: %s}}
                logging:
                  file.name: %s
                  threshold.console: "off"
                """.formatted(
                        DemoNetwork.quoted(data()),
                        address.getPort(),
                        DemoNetwork.quoted(genesis),
                        raft,
                        join.stream().map(URI::toString).collect(Collectors.joining(", ")),
                        catchUp.name().toLowerCase(Locale.ROOT),
                        id(),
                        DemoNetwork.quoted(NewOrganization.nodeKeyStore(directory)),
                        password,
                        fhir,
                        DemoNetwork.quoted(directory.resolve("node.log"))));
    }

    /** HTTP calls to its doors. */
    Wire wire(Consumer<Exchange> listener) {
        return Wire.to(address, listener);
    }

    /** What its node says of itself. */
    JsonNode status() {
        return wire(exchange -> {}).get("/ledger/status").expect(200).json();
    }

    /** By which its node's checkpoints are checked. */
    SignatureVerifier logKey(Genesis genesis) {
        return LogKeys.ledgerLog(institution.nodeKeys(), genesis).verifier();
    }

    /** With which its node cosigns; for the one that lies. */
    CosignatureSigner witness(Genesis genesis) {
        return LogKeys.witness(institution.nodeKeys(), genesis, id());
    }

    /** What a verifier has to know of its node. */
    WitnessSet.Member asWitness() {
        Node node = institution.description().node().orElseThrow();
        return new WitnessSet.Member(id(), node.log(), node.witness());
    }
}
