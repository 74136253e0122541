package health.salus.contracts.records;

import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.NetworkAction.UpdateOrganization;
import health.salus.contracts.records.RecordsAction.Anchor;
import health.salus.contracts.records.RecordsAction.Erase;
import health.salus.contracts.records.RecordsAction.Locate;
import health.salus.contracts.records.RecordsAction.Relocate;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.TreeHead;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordsContractTest {
    private static final Sha256 GATEWAY = kid("gateway");
    private static final Sha256 A = MerkleHash.leaf(new byte[] {'a'});
    private static final Sha256 B = MerkleHash.leaf(new byte[] {'b'});
    private static final Sha256 C = MerkleHash.leaf(new byte[] {'c'});
    private static final TreeHead ONE = new TreeHead(1, A);
    private static final TreeHead TWO = new TreeHead(2, MerkleHash.node(A, B));
    private static final TreeHead THREE = new TreeHead(3, MerkleHash.node(MerkleHash.node(A, B), C));
    private static final String URL = "https://hospital.example/fhir/Patient/" + handle("ann");

    private TestNetwork network = TestNetwork.founded();

    @BeforeEach
    void enroll() {
        network = TestNetwork.founded()
                .certificate("gateway", "hospital", Role.CLIENT, Attribute.GATEWAY)
                .certificate("peer", "hospital", Role.PEER)
                .certificate("nurse", "hospital", Role.CLIENT, Attribute.NURSE)
                .certificate("admin", "hospital", Role.ADMIN)
                .certificate("clinic-gateway", "clinic", Role.CLIENT, Attribute.GATEWAY)
                .patient("ann", "gateway");
    }

    @Test
    void heads_are_anchored_as_long_as_each_extends_the_one_before() {
        assertThat(anchor(ONE)).isEqualTo("accepted");
        assertThat(anchor(TWO, B)).isEqualTo("accepted");
        assertThat(anchor(THREE, C)).isEqualTo("accepted");

        AnchoredHead anchored =
                new Records(network.state()).anchored("hospital").orElseThrow();
        assertThat(anchored).isEqualTo(new AnchoredHead(THREE, network.history().height()));
        assertThat(network.events())
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("records.anchored"));
    }

    @Test
    void the_first_head_may_have_any_size_and_needs_no_proof() {
        assertThat(anchor(THREE, C)).isEqualTo("inconsistent-head");
        assertThat(anchor(THREE)).isEqualTo("accepted");
    }

    @Test
    void the_past_cannot_be_rewritten() {
        anchor(TWO);

        assertThat(anchor(new TreeHead(2, MerkleHash.node(A, C)))).isEqualTo("equivocation");
        assertThat(anchor(TWO)).isEqualTo("head-unchanged");
        assertThat(anchor(ONE)).isEqualTo("head-goes-back");
        assertThat(anchor(new TreeHead(3, MerkleHash.node(MerkleHash.node(A, C), B)), B))
                .isEqualTo("inconsistent-head");
        assertThat(anchor(THREE)).isEqualTo("inconsistent-head");
        assertThat(anchor(THREE, C, C)).isEqualTo("inconsistent-head");
        assertThat(new Records(network.state())
                        .anchored("hospital")
                        .orElseThrow()
                        .head())
                .isEqualTo(TWO);
    }

    @Test
    void every_organization_has_a_log_of_its_own() {
        anchor(TWO);

        assertThat(network.call(kid("clinic-gateway"), new Anchor(ONE, new ConsistencyProof(List.of()))))
                .isEqualTo("accepted");
        assertThat(new Records(network.state()).anchored("clinic").orElseThrow().head())
                .isEqualTo(ONE);
    }

    @Test
    void gateways_and_peers_anchor_and_nobody_else() {
        Anchor anchor = new Anchor(ONE, new ConsistencyProof(List.of()));
        assertThat(network.call(kid("nurse"), anchor)).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("ann"), anchor)).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("hospital-ca"), anchor)).isEqualTo("not-authorized");
        assertThat(network.call(kid("peer"), anchor)).isEqualTo("accepted");
    }

    @Test
    void the_custodian_says_where_the_records_are() {
        assertThat(network.call(GATEWAY, new Locate(handle("ann"), URL))).isEqualTo("accepted");

        assertThat(new Records(network.state()).location(handle("ann"))).contains(new Location("hospital", URL));
        assertThat(network.call(GATEWAY, new Locate(handle("ann"), URL))).isEqualTo("located-already");
    }

    @Test
    void nobody_else_says_where_the_records_are() {
        Locate locate = new Locate(handle("ann"), URL);
        assertThat(network.call(kid("clinic-gateway"), locate)).isEqualTo("not-authorized");
        assertThat(network.call(kid("nurse"), locate)).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("ann"), locate)).isEqualTo("not-authorized");
        assertThat(network.call(GATEWAY, new Locate(handle("bob"), URL))).isEqualTo("unknown-patient");
    }

    @Test
    void the_url_is_the_handle_at_the_custodians_gateway() {
        assertThat(locate("https://hospital.example/fhir/Patient/" + handle("bob")))
                .isEqualTo("wrong-location");
        assertThat(locate("https://clinic.example/fhir/Patient/" + handle("ann")))
                .isEqualTo("wrong-location");
        assertThat(locate("https://hospital.example/fhir/Patient/jane-doe")).isEqualTo("wrong-location");
        assertThat(locate(URL + "/")).isEqualTo("wrong-location");
        assertThat(locate(URL + "?name=Doe")).isEqualTo("invalid-argument");
    }

    @Test
    void records_move_with_the_gateway() {
        String moved = "https://new.example/fhir/Patient/" + handle("ann");
        assertThat(network.call(GATEWAY, new Relocate(handle("ann"), URL))).isEqualTo("not-located");
        network.must(GATEWAY, new Locate(handle("ann"), URL));
        String logKey = new Members(network.state())
                .organization("hospital")
                .orElseThrow()
                .logKey();
        network.must(kid("admin"), new UpdateOrganization("https://new.example/fhir", logKey));

        assertThat(network.call(GATEWAY, new Relocate(handle("ann"), URL))).isEqualTo("wrong-location");
        assertThat(network.call(GATEWAY, new Relocate(handle("ann"), moved))).isEqualTo("accepted");

        assertThat(new Records(network.state()).location(handle("ann"))).contains(new Location("hospital", moved));
    }

    @Test
    void an_erasure_is_noted_once_and_only_for_the_signers_organization() {
        assertThat(network.call(kid("nurse"), new Erase(A))).isEqualTo("not-authorized");
        assertThat(network.call(GATEWAY, new Erase(A))).isEqualTo("accepted");
        assertThat(network.call(GATEWAY, new Erase(A))).isEqualTo("erased-already");

        Records records = new Records(network.state());
        assertThat(records.erased("hospital", A))
                .isEqualTo(OptionalLong.of(network.history().height() - 1));
        assertThat(records.erased("clinic", A)).isEmpty();
    }

    private String anchor(TreeHead head, Sha256... proof) {
        return network.call(GATEWAY, new Anchor(head, new ConsistencyProof(List.of(proof))));
    }

    private String locate(String url) {
        return network.call(GATEWAY, new Locate(handle("ann"), url));
    }
}
