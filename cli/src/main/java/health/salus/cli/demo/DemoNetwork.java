package health.salus.cli.demo;

import health.salus.cli.identity.NewNetwork;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Governance;
import health.salus.identity.Handle;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.Role;
import health.salus.ledger.block.Genesis;
import health.salus.node.RunningNode;
import health.salus.node.SalusNode;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The network of the demo before anything happened in it: a hospital that keeps records and a clinic that asks for them,
 * in one node.
 *
 * @param system the hospital's own information system, which writes records
 * @param admin of the hospital
 * @param doctor of the clinic
 * @param logKey signs the checkpoints of the hospital's node
 * @param trust by which whoever trusts the network checks the ledger's checkpoints
 */
record DemoNetwork(
        DemoDirectory directory,
        URI address,
        Institution hospital,
        Institution clinic,
        Member system,
        Member admin,
        Member doctor,
        Genesis genesis,
        SignatureVerifier logKey,
        TrustPolicy trust) {
    /** Makes all keys and files: key stores, {@code genesis.json}, {@code ledger.vkey}, {@code salus.yaml}. */
    static DemoNetwork create(DemoDirectory directory) throws IOException {
        Files.writeString(directory.file("password"), Handle.random() + "\n");
        KeyStorePassword password = KeyStorePassword.ofFile(directory.file("password"));
        URI address = URI.create("http://127.0.0.1:" + freePort());
        Institution hospital =
                Institution.create("hospital", address, OptionalInt.empty(), directory.file("hospital"), password);
        Institution clinic =
                Institution.create("clinic", address, OptionalInt.empty(), directory.file("clinic"), password);
        hospital.addGateway();
        clinic.addGateway();
        Member system = hospital.enroll("system", Role.CLIENT, Attribute.REGISTRAR);
        Member admin = hospital.enroll("admin", Role.ADMIN);
        Member doctor = clinic.enroll("doctor", Role.CLIENT, Attribute.CLINICIAN);
        NewNetwork made = NewNetwork.make(
                "demo", Governance.FOUNDER, List.of(hospital.description(), clinic.description()), Optional.empty());
        made.write(directory.path(), hospital.nodeKeys());
        DemoNetwork network = new DemoNetwork(
                directory,
                address,
                hospital,
                clinic,
                system,
                admin,
                doctor,
                made.genesis(),
                made.log().verifier(),
                TrustPolicy.of(made.log().verifier()));
        Files.writeString(directory.file("salus.yaml"), network.configuration());
        return network;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String configuration() {
        return """
                salus:
                  data: %s
                  listen: {address: 127.0.0.1, port: %d}
                  ledger: {genesis: %s}
                  organizations:
                    - {id: hospital, key-store: %s, password: "file:%s", fhir: {kind: embedded}}
                    - {id: clinic, key-store: %s, password: "file:%5$s"}
                logging:
                  file.name: %s
                  threshold.console: "off"
                """.formatted(
                        quoted(data()),
                        address.getPort(),
                        quoted(directory.file("genesis.json")),
                        quoted(hospital.nodeKeyStore()),
                        directory.file("password"),
                        quoted(clinic.nodeKeyStore()),
                        quoted(directory.file("node.log")));
    }

    static String quoted(Path path) {
        return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Starts the node in this process. */
    RunningNode start() {
        return SalusNode.start(directory.file("salus.yaml"), List.of());
    }

    /** What the node stores. */
    Path data() {
        return directory.file("node");
    }

    /** The hospital's FHIR base. */
    URI fhirBase() {
        return address.resolve("/hospital/fhir");
    }
}
