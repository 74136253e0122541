package health.salus.cli.demo;

import health.salus.cli.identity.NewNetwork;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Governance;
import health.salus.identity.Handle;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.Role;
import health.salus.ledger.finality.Thresholds;
import health.salus.ledger.finality.WitnessSet;
import health.salus.node.config.NodeSettings.CatchUp;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The network of the demo with several organizations, each with a node of its own, before anything happened in it.
 *
 * @param seen what the acts of the exchange see of it: hospital and clinic, at the hospital's node
 * @param nodes hospital, clinic and the others
 */
record ConsortiumNetwork(DemoNetwork seen, List<ConsortiumNode> nodes) {
    private static final List<String> OTHERS = List.of("laboratory", "insurer", "pharmacy", "registry", "university");

    /** Most organizations that the demo has names for. */
    static final int MOST = OTHERS.size() + 2;

    /**
     * Makes all keys and files; {@code network.policy} is what a verifier trusts.
     *
     * @param fhir the FHIR server of the hospital: {@code embedded} or {@code none}; the others have none
     */
    static ConsortiumNetwork create(DemoDirectory directory, int organizations, String fhir) throws IOException {
        Files.writeString(directory.file("password"), Handle.random() + "\n");
        KeyStorePassword password = KeyStorePassword.ofFile(directory.file("password"));
        List<ConsortiumNode> nodes = new ArrayList<>();
        nodes.add(node("hospital", directory, password));
        nodes.add(node("clinic", directory, password));
        for (String other : OTHERS.subList(0, organizations - 2)) {
            nodes.add(node(other, directory, password));
        }
        ConsortiumNode hospital = nodes.get(0);
        ConsortiumNode clinic = nodes.get(1);
        Member system = hospital.institution().enroll("system", Role.CLIENT, Attribute.REGISTRAR);
        Member doctor = clinic.institution().enroll("doctor", Role.CLIENT, Attribute.CLINICIAN);
        hospital.institution().addGateway();
        clinic.institution().addGateway();
        NewNetwork made = NewNetwork.make(
                "demo",
                Governance.MEMBERS,
                nodes.stream().map(node -> node.institution().description()).toList(),
                hospital.institution().ownNodeKeys());
        made.write(directory.path(), hospital.institution().nodeKeys());
        for (ConsortiumNode node : nodes) {
            node.configure(
                    directory.file("genesis.json"),
                    directory.file("password"),
                    node.equals(hospital) ? fhir : "none",
                    List.of(),
                    CatchUp.SNAPSHOT);
        }
        WitnessSet witnesses = new WitnessSet(
                nodes.stream()
                        .map(ConsortiumNode::asWitness)
                        .sorted((one, other) -> one.organization().compareTo(other.organization()))
                        .toList(),
                Thresholds.quorum(organizations));
        String policy = witnesses.policyFile(made.genesis().origin());
        Files.writeString(directory.file("network.policy"), policy);
        DemoNetwork seen = new DemoNetwork(
                directory,
                hospital.address(),
                hospital.institution(),
                clinic.institution(),
                system,
                hospital.admin(),
                doctor,
                made.genesis(),
                hospital.logKey(made.genesis()),
                TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8)));
        return new ConsortiumNetwork(seen, nodes);
    }

    /** Makes an organization with keys for a node of its own, in a directory named after it. */
    static ConsortiumNode node(String id, DemoDirectory directory, KeyStorePassword password) throws IOException {
        Path own = directory.file(id);
        URI address = URI.create("http://127.0.0.1:" + DemoNetwork.freePort());
        int raft = DemoNetwork.freePort();
        Institution institution = Institution.create(id, address, OptionalInt.of(raft), own, password);
        return ConsortiumNode.of(institution, institution.enroll("admin", Role.ADMIN), address, raft, own);
    }
}
