package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestKeys;
import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.Deny;
import health.salus.contracts.access.AccessAction.Expire;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.Revoke;
import health.salus.contracts.access.AccessAction.Withdraw;
import health.salus.contracts.access.AccessDecision.Basis;
import health.salus.contracts.access.AccessDecision.Denied;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.SuspendCertificate;
import health.salus.contracts.network.RevocationReason;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import health.salus.ledger.contract.StateView;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {
    private static final Sha256 ANN = thumbprint("ann");
    private static final Sha256 DOCTOR = kid("doctor");
    private static final Sha256 CLINIC_CA = thumbprint("clinic-ca");
    private static final Terms TERMS = SampleTerms.TREATMENT;

    private TestNetwork network = TestNetwork.founded();

    @BeforeEach
    void request() {
        network = TestNetwork.founded()
                .certificate("founder-admin", "hospital", Role.ADMIN)
                .certificate("gateway", "hospital", Role.CLIENT, Attribute.GATEWAY)
                .certificate("nurse", "hospital", Role.CLIENT, Attribute.NURSE)
                .certificate("researcher", "hospital", Role.CLIENT, Attribute.RESEARCHER)
                .certificate("doctor", "clinic", Role.CLIENT, Attribute.CLINICIAN)
                .patient("ann", "gateway");
        network.must(DOCTOR, new Request(handle("grant"), handle("ann"), TERMS.commitment(), network.days(1, 10)));
    }

    @Test
    void an_approved_grant_permits_within_its_period_to_its_requester_with_its_terms() {
        network.must(ANN, approve()).pass(Duration.ofDays(2));

        AccessDecision decision = decide(DOCTOR, TERMS);

        assertThat(decision).isInstanceOfSatisfying(Permitted.class, permitted -> {
            assertThat(permitted.patient()).isEqualTo(handle("ann"));
            assertThat(permitted.basis()).isEqualTo(new Basis.UnderGrant(handle("grant"), TERMS));
            assertThat(permitted.until()).isEqualTo(grant().period().until());
            assertThat(permitted.isEmergency()).isFalse();
        });
    }

    @Test
    void until_the_patient_decides_nothing_is_permitted() {
        network.pass(Duration.ofDays(2));
        assertDenied(DenialReason.GRANT_PENDING);
        network.pass(Duration.ofDays(10));
        assertDenied(DenialReason.GRANT_EXPIRED);
    }

    @Test
    void what_was_refused_taken_back_given_up_or_noted_as_over_is_denied_with_that_reason() {
        TestNetwork requested = network;
        network = requested.copy().must(ANN, new Deny(handle("grant")));
        assertDenied(DenialReason.GRANT_DENIED);
        network = requested.copy().must(DOCTOR, new Withdraw(handle("grant")));
        assertDenied(DenialReason.GRANT_WITHDRAWN);
        network = requested.copy().must(ANN, approve()).must(ANN, new Revoke(handle("grant")));
        assertDenied(DenialReason.GRANT_REVOKED);
        network = requested.copy().pass(Duration.ofDays(20)).must(ANN, new Expire(handle("grant")));
        assertDenied(DenialReason.GRANT_EXPIRED);
    }

    @Test
    void the_period_begins_with_its_first_moment_and_ends_before_its_last() {
        network.must(ANN, approve());
        Instant from = grant().period().from();
        Instant until = grant().period().until();

        assertThat(decideAt(from.minusMillis(1))).isEqualTo(new Denied(DenialReason.GRANT_NOT_YET_VALID));
        assertThat(decideAt(from)).isInstanceOf(Permitted.class);
        assertThat(decideAt(until.minusMillis(1))).isInstanceOf(Permitted.class);
        assertThat(decideAt(until)).isEqualTo(new Denied(DenialReason.GRANT_EXPIRED));
    }

    @Test
    void neither_another_organization_nor_other_terms_nor_another_grant_will_do() {
        network.must(ANN, approve()).pass(Duration.ofDays(2));

        assertThat(decide(kid("nurse"), TERMS)).isEqualTo(new Denied(DenialReason.OTHER_REQUESTER));
        assertThat(decide(DOCTOR, SampleTerms.RESEARCH)).isEqualTo(new Denied(DenialReason.TERMS_MISMATCH));
        assertThat(decide(kid("nobody"), TERMS)).isEqualTo(new Denied(DenialReason.UNKNOWN_CERTIFICATE));
        assertThat(decide(ANN, TERMS)).isEqualTo(new Denied(DenialReason.UNKNOWN_CERTIFICATE));
        assertThat(ask(new Question.UnderGrant(handle("other"), DOCTOR, TERMS)))
                .isEqualTo(new Denied(DenialReason.UNKNOWN_GRANT));
    }

    @Test
    void a_certificate_that_is_out_of_force_will_not_do() {
        network.must(
                        CLINIC_CA,
                        new EnrollCertificate(
                                kid("brief"),
                                TestKeys.key("brief"),
                                Role.CLIENT,
                                EnumSet.noneOf(Attribute.class),
                                network.days(3, 4)))
                .must(ANN, approve())
                .pass(Duration.ofDays(2));
        assertThat(decide(kid("brief"), TERMS)).isEqualTo(new Denied(DenialReason.CERTIFICATE_NOT_YET_VALID));
        network.pass(Duration.ofDays(3));
        assertThat(decide(kid("brief"), TERMS)).isEqualTo(new Denied(DenialReason.CERTIFICATE_EXPIRED));
        network.must(CLINIC_CA, new SuspendCertificate(DOCTOR));
        assertDenied(DenialReason.CERTIFICATE_SUSPENDED);
        network.must(CLINIC_CA, new RevokeCertificate(DOCTOR, RevocationReason.SUPERSEDED));
        assertDenied(DenialReason.CERTIFICATE_REVOKED);
    }

    @Test
    void a_suspended_organization_reads_nothing() {
        network.must(ANN, approve()).must(kid("founder-admin"), network.proposal(new SuspendOrganization("clinic")));
        network.pass(Duration.ofDays(2));
        assertDenied(DenialReason.ORGANIZATION_SUSPENDED);
    }

    @Test
    void the_patient_can_revoke_even_while_organizations_are_suspended() {
        network.must(ANN, approve()).must(kid("founder-admin"), network.proposal(new SuspendOrganization("clinic")));

        assertThat(network.call(ANN, new Revoke(handle("grant")))).isEqualTo("accepted");
    }

    @Test
    void a_decision_of_the_past_is_the_same_for_ever() {
        network.must(ANN, approve()).pass(Duration.ofDays(2));
        StateView then = network.history().at(network.history().height());
        Instant time = network.time();
        AccessDecision decided = decide(DOCTOR, TERMS);

        network.must(ANN, new Revoke(handle("grant")))
                .must(CLINIC_CA, new RevokeCertificate(DOCTOR, RevocationReason.SUPERSEDED));

        assertThat(decided).isInstanceOf(Permitted.class);
        assertThat(AccessPolicy.decide(then, time, new Question.UnderGrant(handle("grant"), DOCTOR, TERMS)))
                .isEqualTo(decided);
        assertDenied(DenialReason.CERTIFICATE_REVOKED);
    }

    @ParameterizedTest
    @CsvSource({
        "nurse, TREAT, true",
        "nurse, HPAYMT, false",
        "nurse, HRESCH, false",
        "researcher, HRESCH, false",
        "researcher, TREAT, false",
        "gateway, HOPERAT, true",
        "gateway, PATRQT, false"
    })
    void the_custodians_staff_reads_for_purposes_that_go_with_their_attributes(
            String name, PurposeOfUse purpose, boolean permitted) {
        AccessDecision decision = ask(new Question.ByCustodian(handle("ann"), kid(name), purpose));

        assertThat(decision instanceof Permitted).isEqualTo(permitted);
        if (!permitted) {
            assertThat(decision).isEqualTo(new Denied(DenialReason.PURPOSE_NOT_COVERED));
        }
    }

    @Test
    void staff_of_another_organization_are_not_the_custodians() {
        assertThat(ask(new Question.ByCustodian(handle("ann"), DOCTOR, PurposeOfUse.TREAT)))
                .isEqualTo(new Denied(DenialReason.NOT_CUSTODIAN));
        assertThat(ask(new Question.ByCustodian(handle("bob"), DOCTOR, PurposeOfUse.TREAT)))
                .isEqualTo(new Denied(DenialReason.UNKNOWN_PATIENT));
    }

    @Test
    void patients_read_their_own_records_and_no_others() {
        network.patient("bob", "gateway");

        assertThat(ask(new Question.ByPerson(handle("ann"), ANN))).isInstanceOf(Permitted.class);
        assertThat(ask(new Question.ByPerson(handle("bob"), ANN))).isEqualTo(new Denied(DenialReason.KEY_NOT_IN_FORCE));
        assertThat(ask(new Question.ByPerson(handle("carl"), ANN))).isEqualTo(new Denied(DenialReason.UNKNOWN_PATIENT));
    }

    private void assertDenied(DenialReason reason) {
        assertThat(decide(DOCTOR, TERMS)).isEqualTo(new Denied(reason));
    }

    private AccessDecision decide(Sha256 requester, Terms terms) {
        return ask(new Question.UnderGrant(handle("grant"), requester, terms));
    }

    private AccessDecision decideAt(Instant time) {
        return AccessPolicy.decide(network.state(), time, new Question.UnderGrant(handle("grant"), DOCTOR, TERMS));
    }

    private AccessDecision ask(Question question) {
        return AccessPolicy.decide(network.state(), network.time(), question);
    }

    private Grant grant() {
        return new Access(network.state()).grant(handle("grant")).orElseThrow();
    }

    private static Approve approve() {
        return new Approve(handle("grant"), TERMS.commitment());
    }
}
