package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.CompleteRotation;
import health.salus.contracts.access.AccessAction.Dismiss;
import health.salus.contracts.access.AccessAction.NameGuardians;
import health.salus.contracts.access.AccessAction.ProposeRotation;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.SupportRotation;
import health.salus.contracts.access.AccessAction.VetoRotation;
import health.salus.contracts.network.Attribute;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ann has lost her key; two of her three guardians can give her another one. */
class RecoveryTest {
    private static final Handle ANN = handle("ann");
    private static final Sha256 OLD = thumbprint("ann");
    private static final Sha256 NEW = thumbprint("new");
    private static final Duration VETO_TIME = AccessContract.VETO_TIME.plusMinutes(1);

    private TestNetwork network;

    @BeforeEach
    void name() {
        network = TestNetwork.founded()
                .certificate("gateway", "clinic", Role.CLIENT, Attribute.GATEWAY)
                .patient("ann", "gateway")
                .patient("bob", "gateway");
        network.must(OLD, guardians(2, "g1", "g2", "g3"));
    }

    @Test
    void enough_guardians_replace_all_keys_when_the_time_to_object_is_over() {
        network.must(OLD, new AddKey(key("tablet")));
        propose("g1").must(thumbprint("g2"), new SupportRotation(ANN, NEW));
        assertThat(network.call(NEW, new AddKey(key("x")))).isEqualTo("unknown-key");
        assertThat(network.call(OLD, new CompleteRotation(ANN, NEW))).isEqualTo("rotation-not-due");

        network.pass(VETO_TIME).must(thumbprint("bob"), new CompleteRotation(ANN, NEW));

        assertThat(access().patient(ANN).orElseThrow().keys()).containsExactly(NEW);
        assertThat(network.call(OLD, new AddKey(key("x")))).isEqualTo("unknown-key");
        assertThat(network.call(thumbprint("tablet"), new AddKey(key("x")))).isEqualTo("unknown-key");
        network.must(NEW, new AddKey(key("x")));
        assertThat(access().recovery(ANN).orElseThrow().rotation()).isEmpty();
    }

    @Test
    void the_old_key_can_veto() {
        propose("g1").must(thumbprint("g2"), new SupportRotation(ANN, NEW));

        network.must(OLD, new VetoRotation(ANN, NEW)).pass(VETO_TIME);

        assertThat(network.call(thumbprint("g1"), new CompleteRotation(ANN, NEW)))
                .isEqualTo("unknown-rotation");
        assertThat(access().patient(ANN).orElseThrow().keys()).containsExactly(OLD);
    }

    @Test
    void too_few_guardians_replace_nothing_however_long_they_wait() {
        propose("g1").pass(VETO_TIME);

        assertThat(network.call(thumbprint("g1"), new CompleteRotation(ANN, NEW)))
                .isEqualTo("rotation-not-due");
        assertThat(network.call(thumbprint("g1"), new SupportRotation(ANN, NEW)))
                .isEqualTo("wrong-status");
    }

    @Test
    void the_time_to_object_begins_with_enough_support() {
        propose("g1").pass(VETO_TIME).must(thumbprint("g3"), new SupportRotation(ANN, NEW));

        assertThat(network.call(thumbprint("g1"), new CompleteRotation(ANN, NEW)))
                .isEqualTo("rotation-not-due");
        network.pass(VETO_TIME).must(thumbprint("g1"), new CompleteRotation(ANN, NEW));
    }

    @Test
    void nobody_else_proposes_supports_or_vetoes() {
        for (Sha256 other : List.of(OLD, thumbprint("bob"), kid("gateway"))) {
            assertThat(network.call(other, new ProposeRotation(ANN, NewKey.plain(key("new")))))
                    .isEqualTo("not-authorized");
        }
        propose("g1");
        for (Sha256 other : List.of(OLD, thumbprint("bob"), kid("gateway"))) {
            assertThat(network.call(other, new SupportRotation(ANN, NEW))).isEqualTo("not-authorized");
        }
        for (Sha256 other : List.of(thumbprint("g1"), thumbprint("bob"), kid("gateway"))) {
            assertThat(network.call(other, new VetoRotation(ANN, NEW))).isEqualTo("not-authorized");
        }
        assertThat(network.call(thumbprint("g2"), new SupportRotation(ANN, thumbprint("x"))))
                .isEqualTo("unknown-rotation");
        assertThat(network.call(thumbprint("g2"), new ProposeRotation(handle("bob"), NewKey.plain(key("new")))))
                .isEqualTo("no-guardians");
    }

    @Test
    void one_proposal_is_open_at_a_time_and_not_for_ever() {
        propose("g1");
        assertThat(network.call(thumbprint("g2"), new ProposeRotation(ANN, NewKey.plain(key("other")))))
                .isEqualTo("wrong-status");
        network.pass(AccessContract.ROTATION_OPEN);
        assertThat(network.call(thumbprint("g2"), new SupportRotation(ANN, NEW)))
                .isEqualTo("unknown-rotation");

        network.must(thumbprint("g2"), new ProposeRotation(ANN, NewKey.plain(key("other"))));
    }

    @Test
    void guardians_can_do_nothing_else() {
        Handle grant = handle("grant");
        TermsCommitment terms = new TermsCommitment(kid("terms"));
        network.must(kid("gateway"), new Request(grant, ANN, terms, network.days(0, 30)));

        assertThat(network.call(thumbprint("g1"), new Approve(grant, terms))).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("g1"), new AddKey(key("x")))).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("g1"), guardians(1, "x"))).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("g1"), new Dismiss(thumbprint("g2"))))
                .isEqualTo("unknown-key");
        assertThat(AccessPolicy.decide(network.state(), network.time(), new Question.ByPerson(ANN, thumbprint("g1"))))
                .isEqualTo(new AccessDecision.Denied(DenialReason.KEY_NOT_IN_FORCE));
    }

    @Test
    void other_guardians_replace_the_ones_before_and_end_what_they_proposed() {
        propose("g1");
        network.must(OLD, guardians(1, "g2", "g4"));

        assertThat(access().recovery(ANN).orElseThrow().guardians())
                .containsExactly(thumbprint("g2"), thumbprint("g4"));
        assertThat(network.call(thumbprint("g1"), new SupportRotation(ANN, NEW)))
                .isEqualTo("unknown-key");
        assertThat(network.call(thumbprint("g2"), new SupportRotation(ANN, NEW)))
                .isEqualTo("unknown-rotation");
    }

    @Test
    void a_key_that_is_somebodys_already_is_neither_guardian_nor_new_key() {
        assertThat(network.call(OLD, guardians(1, "bob"))).isEqualTo("key-in-use");
        assertThat(network.call(OLD, guardians(1, "g5", "g5"))).isEqualTo("key-in-use");
        assertThat(network.call(thumbprint("g1"), new ProposeRotation(ANN, NewKey.plain(key("bob")))))
                .isEqualTo("key-in-use");
    }

    @Test
    void more_than_all_guardians_or_none_of_them_is_no_threshold() {
        assertThat(network.call(OLD, guardians(3, "x", "y"))).isEqualTo("invalid-argument");
        assertThat(network.call(OLD, guardians(0, "x", "y"))).isEqualTo("invalid-argument");
        assertThat(network.call(OLD, new NameGuardians(List.of(), 1))).isEqualTo("invalid-argument");
    }

    private TestNetwork propose(String guardian) {
        return network.must(thumbprint(guardian), new ProposeRotation(ANN, NewKey.plain(key("new"))));
    }

    private static NameGuardians guardians(int threshold, String... names) {
        return new NameGuardians(
                Arrays.stream(names).map(name -> NewKey.plain(key(name))).toList(), threshold);
    }

    private Access access() {
        return new Access(network.state());
    }
}
