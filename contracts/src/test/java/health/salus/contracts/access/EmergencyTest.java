package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.AccessAction.Justify;
import health.salus.contracts.access.AccessAction.Review;
import health.salus.contracts.network.Attribute;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmergencyTest {
    private static final Sha256 DOCTOR = kid("doctor");
    private static final Sha256 AUDITOR = kid("auditor");
    private static final JustificationCommitment WHY =
            JustificationCommitment.of(new byte[32], "found unconscious in the street");

    private TestNetwork network = TestNetwork.founded();

    @BeforeEach
    void enroll() {
        network = TestNetwork.founded()
                .certificate("gateway", "hospital", Role.CLIENT, Attribute.GATEWAY)
                .certificate("auditor", "hospital", Role.CLIENT, Attribute.AUDITOR, Attribute.CLINICIAN)
                .certificate("doctor", "clinic", Role.CLIENT, Attribute.CLINICIAN)
                .certificate("paramedic", "clinic", Role.CLIENT, Attribute.EMERGENCY)
                .certificate("nurse", "clinic", Role.CLIENT, Attribute.NURSE)
                .certificate("clinic-auditor", "clinic", Role.CLIENT, Attribute.AUDITOR)
                .patient("ann", "gateway");
    }

    @Test
    void who_is_on_duty_opens_the_record_and_the_patient_is_told() {
        assertThat(open(DOCTOR, "one", 24)).isEqualTo("accepted");

        assertThat(network.events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("access.emergency-opened");
            assertThat(event.data().members())
                    .containsEntry("patient", new JsonString(handle("ann").value()))
                    .containsEntry("organization", new JsonString("clinic"));
        });
        assertThat(decide("one", DOCTOR)).isInstanceOfSatisfying(AccessDecision.Permitted.class, permitted -> {
            assertThat(permitted.isEmergency()).isTrue();
            assertThat(permitted.patient()).isEqualTo(handle("ann"));
        });
        assertThat(open(kid("paramedic"), "two", 1)).isEqualTo("accepted");
    }

    @Test
    void nobody_else_opens_a_record() {
        assertThat(open(kid("nurse"), "one", 1)).isEqualTo("not-authorized");
        assertThat(open(kid("gateway"), "one", 1)).isEqualTo("not-authorized");
        assertThat(open(thumbprint("ann"), "one", 1)).isEqualTo("not-authorized");
        assertThat(open(thumbprint("clinic-ca"), "one", 1)).isEqualTo("not-authorized");
    }

    @Test
    void it_lasts_a_day_at_most() {
        assertThat(open(DOCTOR, "one", 25)).isEqualTo("too-long");
        assertThat(open(DOCTOR, "one", 0)).isEqualTo("invalid-period");
        assertThat(open(DOCTOR, "one", 24)).isEqualTo("accepted");
        network.pass(Duration.ofHours(24));
        assertThat(decide("one", DOCTOR)).isEqualTo(new AccessDecision.Denied(DenialReason.EMERGENCY_OVER));
    }

    @Test
    void only_the_certificate_that_opened_it_uses_it() {
        open(DOCTOR, "one", 24);

        assertThat(decide("one", kid("paramedic"))).isEqualTo(new AccessDecision.Denied(DenialReason.OTHER_REQUESTER));
        assertThat(decide("two", DOCTOR)).isEqualTo(new AccessDecision.Denied(DenialReason.UNKNOWN_EMERGENCY));
    }

    @Test
    void who_owes_a_justification_for_three_days_opens_nothing_more() {
        open(DOCTOR, "one", 1);
        network.pass(Duration.ofDays(2));
        assertThat(open(DOCTOR, "two", 1)).isEqualTo("accepted");
        network.pass(Duration.ofDays(1));

        assertThat(open(DOCTOR, "three", 1)).isEqualTo("justification-overdue");
        assertThat(open(kid("paramedic"), "three", 1)).isEqualTo("accepted");
        network.must(DOCTOR, new Justify(handle("one"), WHY));
        assertThat(open(DOCTOR, "four", 1)).isEqualTo("accepted");
    }

    @Test
    void it_is_justified_once_and_by_who_opened_it() {
        open(DOCTOR, "one", 1);

        assertThat(network.call(kid("paramedic"), new Justify(handle("one"), WHY)))
                .isEqualTo("not-authorized");
        assertThat(network.call(DOCTOR, new Justify(handle("none"), WHY))).isEqualTo("unknown-emergency");
        assertThat(network.call(DOCTOR, new Justify(handle("one"), WHY))).isEqualTo("accepted");
        assertThat(network.call(DOCTOR, new Justify(handle("one"), WHY))).isEqualTo("wrong-status");
    }

    @Test
    void what_is_to_be_justified_is_known_of_each_certificate() {
        open(DOCTOR, "one", 1);
        open(DOCTOR, "two", 1);
        network.must(DOCTOR, new Justify(handle("one"), WHY));

        Access access = new Access(network.state());
        assertThat(access.toJustify(DOCTOR)).extracting(Emergency::id).containsExactly(handle("two"));
        assertThat(access.toJustify(kid("paramedic"))).isEmpty();
    }

    @Test
    void an_auditor_of_the_custodian_reviews_it_once_it_is_justified() {
        open(DOCTOR, "one", 24);
        Review accept = new Review(handle("one"), Finding.ACCEPTED);
        assertThat(network.call(AUDITOR, accept)).isEqualTo("not-justified");
        network.must(DOCTOR, new Justify(handle("one"), WHY));

        assertThat(network.call(kid("clinic-auditor"), accept)).isEqualTo("not-authorized");
        assertThat(network.call(kid("gateway"), accept)).isEqualTo("not-authorized");
        assertThat(network.call(AUDITOR, accept)).isEqualTo("accepted");
        assertThat(network.call(AUDITOR, accept)).isEqualTo("wrong-status");
        assertThat(decide("one", DOCTOR)).isInstanceOf(AccessDecision.Permitted.class);
    }

    @Test
    void an_objection_ends_it() {
        open(DOCTOR, "one", 24);

        network.must(AUDITOR, new Review(handle("one"), Finding.OBJECTED));

        assertThat(decide("one", DOCTOR)).isEqualTo(new AccessDecision.Denied(DenialReason.EMERGENCY_OVER));
    }

    @Test
    void nobody_reviews_their_own() {
        open(AUDITOR, "one", 1);
        assertThat(network.call(AUDITOR, new Review(handle("one"), Finding.OBJECTED)))
                .isEqualTo("own-emergency");
    }

    @Test
    void an_id_is_used_once_and_needs_a_patient() {
        open(DOCTOR, "one", 1);
        assertThat(open(DOCTOR, "one", 1)).isEqualTo("emergency-exists");
        assertThat(network.call(
                        DOCTOR,
                        new BreakGlass(
                                handle("two"),
                                handle("bob"),
                                EmergencyReason.ACUTE_DANGER,
                                network.days(0, 1).until())))
                .isEqualTo("unknown-patient");
    }

    @Test
    void at_most_a_hundred_justifications_are_owed() {
        for (int i = 0; i < Debts.MOST; i++) {
            open(DOCTOR, "number-" + i, 1);
        }
        assertThat(open(DOCTOR, "one-more", 1)).isEqualTo("too-many-emergencies");
    }

    private String open(Sha256 signer, String id, int hours) {
        Instant until = Instant.ofEpochSecond(
                network.time().plus(Duration.ofHours(hours)).getEpochSecond());
        return network.call(
                signer, new BreakGlass(handle(id), handle("ann"), EmergencyReason.UNABLE_TO_CONSENT, until));
    }

    private AccessDecision decide(String id, Sha256 reader) {
        return AccessPolicy.decide(network.state(), network.time(), new Question.InEmergency(handle(id), reader));
    }
}
