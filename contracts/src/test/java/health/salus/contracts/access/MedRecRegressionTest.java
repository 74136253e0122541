package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.Appoint;
import health.salus.contracts.access.AccessAction.AppointByCourt;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.Dismiss;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.Revoke;
import health.salus.contracts.access.AccessAction.RevokeKey;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of an early health-record chain that must not come back; also the rules about who acts for a patient. */
class MedRecRegressionTest {
    private static final Sha256 ANN = thumbprint("ann");
    private static final Sha256 GATEWAY = kid("gateway");
    private static final Sha256 REGISTRAR = kid("registrar");
    private static final Terms TERMS = SampleTerms.TREATMENT;

    private TestNetwork network = TestNetwork.founded();

    @BeforeEach
    void enroll() {
        network = TestNetwork.founded()
                .certificate("gateway", "hospital", Role.CLIENT, Attribute.GATEWAY)
                .certificate("registrar", "hospital", Role.CLIENT, Attribute.REGISTRAR)
                .certificate("admin", "hospital", Role.ADMIN)
                .certificate("clinician", "clinic", Role.CLIENT, Attribute.CLINICIAN)
                .certificate("clinic-registrar", "clinic", Role.CLIENT, Attribute.REGISTRAR)
                .patient("ann", "gateway");
    }

    @Test
    void permission_is_never_given_without_the_patients_signature() {
        network.must(kid("clinician"), request());

        for (Sha256 other : List.of(
                GATEWAY,
                REGISTRAR,
                kid("admin"),
                kid("clinician"),
                thumbprint("hospital-ca"),
                thumbprint("clinic-ca"))) {
            assertThat(network.call(other, new Approve(handle("grant"), TERMS.commitment())))
                    .isEqualTo("not-authorized");
        }
        assertThat(network.call(thumbprint("nobody"), new Approve(handle("grant"), TERMS.commitment())))
                .isEqualTo("unknown-key");
    }

    @Test
    void a_guardian_is_not_switched_by_just_anyone() {
        network.must(ANN, new Appoint(Capacity.GUARDIAN, key("guardian"), network.days(0, 100)));

        for (Sha256 other : List.of(GATEWAY, REGISTRAR, kid("admin"), kid("clinician"), thumbprint("hospital-ca"))) {
            assertThat(network.call(other, new Dismiss(thumbprint("guardian")))).isEqualTo("not-authorized");
            assertThat(network.call(other, new Appoint(Capacity.GUARDIAN, key("x"), network.days(0, 100))))
                    .isEqualTo("not-authorized");
        }
        assertThat(network.call(thumbprint("guardian"), new Appoint(Capacity.PROXY, key("x"), network.days(0, 9))))
                .as("a substitute appoints nobody")
                .isEqualTo("not-authorized");
    }

    @Test
    void a_custodian_replaces_no_key_of_a_patient() {
        for (Sha256 other : List.of(GATEWAY, REGISTRAR, kid("admin"), thumbprint("hospital-ca"))) {
            assertThat(network.call(other, new AddKey(key("x")))).isEqualTo("not-authorized");
            assertThat(network.call(other, new RevokeKey(ANN))).isEqualTo("not-authorized");
        }
        assertThat(network.call(GATEWAY, new RegisterPatient(handle("ann"), key("x"))))
                .isEqualTo("patient-exists");
    }

    @Test
    void a_custodians_court_substitute_waits_and_the_patient_can_object() {
        assertThat(network.call(REGISTRAR, byCourt(network.days(2, 90)))).isEqualTo("too-soon");
        assertThat(network.call(GATEWAY, byCourt(network.days(4, 90)))).isEqualTo("not-authorized");
        assertThat(network.call(kid("clinic-registrar"), byCourt(network.days(4, 90))))
                .isEqualTo("not-authorized");
        network.must(REGISTRAR, byCourt(network.days(4, 90)));
        assertThat(network.events())
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("access.substitute-appointed"));

        network.must(ANN, new Dismiss(thumbprint("court")));
        network.pass(Duration.ofDays(5)).must(kid("clinician"), request());

        assertThat(network.call(thumbprint("court"), new Approve(handle("grant"), TERMS.commitment())))
                .isEqualTo("unknown-key");
    }

    @Test
    void a_court_substitute_acts_within_the_period_only_and_the_registrar_can_end_it() {
        network.must(REGISTRAR, byCourt(network.days(4, 90))).must(kid("clinician"), request());
        Approve approve = new Approve(handle("grant"), TERMS.commitment());

        assertThat(network.call(thumbprint("court"), approve)).isEqualTo("unknown-key");
        network.pass(Duration.ofDays(5));
        assertThat(network.call(thumbprint("court"), approve)).isEqualTo("accepted");
        assertThat(network.call(REGISTRAR, new Dismiss(thumbprint("court")))).isEqualTo("accepted");
        assertThat(network.call(REGISTRAR, new Dismiss(thumbprint("court")))).isEqualTo("wrong-status");
        assertThat(network.call(thumbprint("court"), new Revoke(handle("grant"))))
                .isEqualTo("unknown-key");
    }

    @Test
    void an_approval_covers_the_terms_and_not_just_a_moment() {
        network.must(kid("clinician"), request());

        assertThat(network.call(ANN, new Approve(handle("grant"), SampleTerms.RESEARCH.commitment())))
                .isEqualTo("terms-mismatch");
    }

    @Test
    void a_time_to_come_gives_nothing_yet() {
        network.must(
                kid("clinician"), new Request(handle("grant"), handle("ann"), TERMS.commitment(), network.days(2, 9)));
        network.must(ANN, new Approve(handle("grant"), TERMS.commitment()));

        assertThat(AccessPolicy.decide(
                        network.state(),
                        network.time(),
                        new Question.UnderGrant(handle("grant"), kid("clinician"), TERMS)))
                .isEqualTo(new AccessDecision.Denied(DenialReason.GRANT_NOT_YET_VALID));
    }

    @Test
    void a_patient_rotates_keys_and_is_never_left_without() {
        assertThat(network.call(ANN, new RevokeKey(ANN))).isEqualTo("last-key");
        network.must(ANN, new AddKey(key("ann-2"))).must(thumbprint("ann-2"), new RevokeKey(ANN));

        assertThat(network.call(ANN, new AddKey(key("ann-3")))).isEqualTo("unknown-key");
        assertThat(network.call(thumbprint("ann-2"), new AddKey(key("ann")))).isEqualTo("key-in-use");
        assertThat(new Access(network.state())
                        .patient(handle("ann"))
                        .orElseThrow()
                        .keys())
                .containsExactly(thumbprint("ann-2"));
    }

    @Test
    void one_key_never_links_two_handles() {
        assertThat(network.call(GATEWAY, new RegisterPatient(handle("other"), key("ann"))))
                .isEqualTo("key-in-use");
    }

    @Test
    void a_patient_has_at_most_sixteen_keys() {
        for (int i = 2; i <= Persons.MOST_KEYS; i++) {
            network.must(ANN, new AddKey(key("ann-" + i)));
        }
        assertThat(network.call(ANN, new AddKey(key("one-more")))).isEqualTo("too-many-keys");
    }

    private Request request() {
        return new Request(handle("grant"), handle("ann"), TERMS.commitment(), network.days(0, 90));
    }

    private static AppointByCourt byCourt(Period period) {
        return new AppointByCourt(handle("ann"), key("court"), CourtReason.INCAPACITY, period);
    }
}
