package health.salus.contracts.network;

import static health.salus.contracts.TestKeys.ed25519;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.network.Consortium.admin;
import static health.salus.contracts.network.Consortium.approve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.contracts.NetworkRules;
import health.salus.contracts.TestNetwork;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.Change.RemoveOrganization;
import health.salus.contracts.network.Change.RestoreOrganization;
import health.salus.contracts.network.Change.SetQuorum;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.contracts.network.NetworkAction.RetireNode;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.UpdateNode;
import health.salus.contracts.network.NetworkAction.UpdateOrganization;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.identity.Role;
import health.salus.ledger.contract.InvalidArgumentException;
import health.salus.ledger.finality.WitnessSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Organizations' nodes, and the witnesses that follow from them. */
class WitnessesTest {
    private final TestNetwork network = Consortium.of(4, true);

    @Test
    void a_genesis_without_nodes_has_no_witnesses() {
        TestNetwork without = Consortium.of(4, false);

        assertThat(without.state().get(WitnessSet.KEY)).isEmpty();
        assertThat(new Members(without.state()).nodes()).isEmpty();
    }

    @Test
    void a_genesis_with_nodes_has_witnesses() {
        WitnessSet witnesses = witnesses();

        assertThat(witnesses.quorum()).isEqualTo(3);
        assertThat(witnesses.members())
                .extracting(WitnessSet.Member::organization)
                .containsExactly("m1", "m2", "m3", "m4");
        assertThat(witnesses.member("m2"))
                .contains(new WitnessSet.Member("m2", ed25519("m2-log"), ed25519("m2-witness")));
        assertThat(members().nodes()).containsEntry("m3", TestNetwork.node("m3"));
    }

    @Test
    void the_witnesses_follow_every_change_of_a_member() {
        all("m4", new SuspendOrganization("m4"));
        assertThat(organizations()).containsExactly("m1", "m2", "m3");

        all("m4", new RestoreOrganization("m4"));
        assertThat(organizations()).containsExactly("m1", "m2", "m3", "m4");

        all("m2", new RemoveOrganization("m2"));
        assertThat(organizations()).containsExactly("m1", "m3", "m4");

        all("", new AdmitOrganization(TestNetwork.withNode("lab")));
        assertThat(organizations()).containsExactly("lab", "m1", "m3", "m4");
        assertThat(witnesses().quorum()).isEqualTo(3);
    }

    @Test
    void an_organization_says_which_node_it_runs() {
        Node moved = new Node("https://other.example", "[2001:db8::7]:9870", ed25519("new-log"), ed25519("m1-witness"));

        assertThat(network.call(admin("m1"), new UpdateNode(moved))).isEqualTo("accepted");
        assertThat(members().nodes()).containsEntry("m1", moved);
        assertThat(witnesses().member("m1").orElseThrow().log()).isEqualTo(moved.log());

        assertThat(network.call(thumbprint("m1-ca"), new UpdateNode(TestNetwork.node("m1"))))
                .as("back to keys of its own")
                .isEqualTo("accepted");
        network.certificate("nurse", "m1", Role.CLIENT);
        assertThat(network.call(kid("nurse"), new UpdateNode(moved))).isEqualTo("not-authorized");
        assertThat(network.call(kid("nurse"), new RetireNode())).isEqualTo("not-authorized");
    }

    @Test
    void an_organization_without_a_node_is_no_witness() {
        for (String id : List.of("m4", "m3", "m2")) {
            network.must(admin(id), new RetireNode());
        }
        assertThat(organizations()).containsExactly("m1");
        assertThat(witnesses().quorum()).isEqualTo(1);
        assertThat(network.call(admin("m2"), new RetireNode())).isEqualTo("no-node");

        network.must(thumbprint("m1-ca"), new RetireNode());

        assertThat(network.state().get(WitnessSet.KEY)).isEmpty();
        assertThat(members().isVoter("m1")).isTrue();
    }

    @Test
    void an_organization_keeps_its_node_when_it_changes_its_gateway() {
        network.must(admin("m1"), new UpdateOrganization("https://new.example/fhir", ed25519("record-log")));

        assertThat(members().nodes()).containsKey("m1");
    }

    @Test
    void a_key_is_the_node_s_of_one_organization_for_ever() {
        network.must(admin("m1"), new UpdateNode(TestNetwork.node("m1-2")));
        Node m1 = TestNetwork.node("m1"); // retired
        Node m2 = TestNetwork.node("m2");

        for (Node stolen : List.of(
                m1,
                m2,
                new Node(m2.address(), m2.raft(), ed25519("x"), m1.log()),
                new Node(m2.address(), m2.raft(), m2.witness(), ed25519("y")))) {
            assertThat(network.call(admin("m3"), new UpdateNode(stolen))).isEqualTo("key-in-use");
        }
        Candidate lab = TestNetwork.organization("lab");
        assertThat(network.call(
                        admin("m3"),
                        network.proposal(new AdmitOrganization(
                                new Candidate("lab", lab.authority(), lab.gateway(), lab.logKey(), Optional.of(m1))))))
                .isEqualTo("key-in-use");
    }

    static Stream<Arguments> malformed() {
        String offCurve = "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        return Stream.of(
                Arguments.of("witness", TestNetwork.node("m1").log()),
                Arguments.of("witness", offCurve),
                Arguments.of("log", offCurve),
                Arguments.of("log", ""),
                Arguments.of("raft", "m1.example"),
                Arguments.of("raft", "m1.example:0"),
                Arguments.of("raft", "m1.example:65536"),
                Arguments.of("raft", "::1:9870"),
                Arguments.of("address", "https://m1.example/"),
                Arguments.of("address", "m1.example"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_malformed_node_is_refused(String name, String value) {
        SortedMap<String, Json> node =
                new TreeMap<>(TestNetwork.node("m1").json().members());
        node.put(name, new JsonString(value));

        assertThat(network.call(
                        admin("m1"),
                        NetworkContract.NAME,
                        "update-node",
                        JsonObject.builder().put("node", new JsonObject(node)).build()))
                .isEqualTo("invalid-argument");
    }

    @ParameterizedTest(name = "quorum of {0}: {1}")
    @CsvSource({"2, unsafe-quorum", "3, ACCEPTED", "4, ACCEPTED", "5, unsafe-quorum"})
    void the_quorum_is_no_less_than_safe_and_no_more_than_there_are(int quorum, String outcome) {
        assertThat(approve(network, new SetQuorum(quorum), List.of("m1", "m2", "m3")))
                .isEqualTo(outcome);
    }

    @Test
    void the_quorum_that_was_set_holds_as_far_as_there_are_nodes() {
        all("", new SetQuorum(4));
        assertThat(witnesses().quorum()).isEqualTo(4);

        network.must(admin("m4"), new RetireNode());
        assertThat(witnesses().quorum()).isEqualTo(3);

        network.must(admin("m4"), new UpdateNode(TestNetwork.node("m4")));
        assertThat(witnesses().quorum()).isEqualTo(4);

        all("", new AdmitOrganization(TestNetwork.withNode("m5")));
        assertThat(witnesses().quorum()).isEqualTo(4);
        network.certificate("m5-admin", "m5", Role.ADMIN);
        all("", new AdmitOrganization(TestNetwork.withNode("m6")));
        assertThat(witnesses().quorum()).as("of six").isEqualTo(5);
    }

    @Test
    void a_network_has_thirty_one_nodes_at_most() {
        List<Candidate> candidates = new ArrayList<>();
        Consortium.ids(31).forEach(id -> candidates.add(TestNetwork.withNode(id)));
        candidates.add(TestNetwork.organization("last"));
        TestNetwork full = TestNetwork.founded(Governance.FOUNDER, candidates).certificate("admin", "m1", Role.ADMIN);

        assertThat(full.call(thumbprint("last-ca"), new UpdateNode(TestNetwork.node("last"))))
                .isEqualTo("too-many-nodes");
        assertThat(full.call(kid("admin"), full.proposal(new AdmitOrganization(TestNetwork.withNode("more")))))
                .isEqualTo("too-many-nodes");

        full.must(kid("admin"), full.proposal(new SuspendOrganization("m2")));
        full.must(thumbprint("last-ca"), new UpdateNode(TestNetwork.node("last")));
        assertThat(full.call(kid("admin"), full.proposal(new RestoreOrganization("m2"))))
                .isEqualTo("too-many-nodes");
    }

    @Test
    void a_genesis_whose_nodes_share_a_key_is_refused() {
        Candidate two = TestNetwork.organization("two");
        List<Candidate> sharing = List.of(
                TestNetwork.withNode("one"),
                new Candidate(
                        "two", two.authority(), two.gateway(), two.logKey(), Optional.of(TestNetwork.node("one"))));

        assertThatThrownBy(() -> TestNetwork.founded(Governance.MEMBERS, sharing))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("organizations: key-in-use");
    }

    @Test
    void a_genesis_whose_governance_is_unknown_is_refused() {
        Json.Builder genesis = JsonObject.builder()
                .put("name", "test")
                .put("salt", TestNetwork.handle("salt").value());
        NetworkGenesis.write(genesis, List.of(TestNetwork.organization("one")), NetworkRules.latest());

        assertThat(new Members(TestNetwork.founded(genesis.build()).state()).governance())
                .isEqualTo(Governance.FOUNDER);
        assertThatThrownBy(() ->
                        TestNetwork.founded(genesis.put("governance", "nobody").build()))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void a_revoked_certificate_of_a_node_is_known_as_such() {
        network.certificate("m1-node", "m1", Role.PEER, Attribute.GATEWAY);
        assertThat(standing("m1-node")).isEqualTo(Standing.IN_FORCE);

        network.must(admin("m1"), new RevokeCertificate(kid("m1-node"), RevocationReason.KEY_COMPROMISE));

        assertThat(standing("m1-node")).isEqualTo(Standing.REVOKED);
        assertThat(members().inForce(kid("m1-node"), network.time())).isEmpty();
    }

    /** All but one, who may not exist, approve. */
    private void all(String but, Change change) {
        List<String> approving = members().voters().stream()
                .filter(id ->
                        !id.equals(but) && members().certificate(admin(id)).isPresent())
                .toList();
        assertThat(approve(network, change, approving)).isEqualTo("ACCEPTED");
    }

    private Standing standing(String certificate) {
        return members().standing(members().certificate(kid(certificate)).orElseThrow(), network.time());
    }

    private List<String> organizations() {
        return witnesses().members().stream()
                .map(WitnessSet.Member::organization)
                .toList();
    }

    private WitnessSet witnesses() {
        return WitnessSet.in(network.state());
    }

    private Members members() {
        return new Members(network.state());
    }
}
