package health.salus.contracts.network;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.NetworkKeys;
import health.salus.contracts.TestNetwork;
import health.salus.contracts.network.Change.ActivateContract;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.Change.RestoreOrganization;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.contracts.network.NetworkAction.AddAuthority;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.contracts.network.NetworkAction.RestoreCertificate;
import health.salus.contracts.network.NetworkAction.RetireAuthority;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.SuspendCertificate;
import health.salus.contracts.network.NetworkAction.UpdateOrganization;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkContractTest {
    private static final Sha256 FOUNDER = kid("founder-admin");
    private static final Sha256 CLINIC = kid("clinic-admin");
    private static final Sha256 NURSE = kid("nurse");

    private TestNetwork network = TestNetwork.founded();

    @BeforeEach
    void enroll() {
        network = TestNetwork.founded()
                .certificate("founder-admin", "hospital", Role.ADMIN)
                .certificate("clinic-admin", "clinic", Role.ADMIN)
                .certificate("nurse", "clinic", Role.CLIENT, Attribute.NURSE);
    }

    @Test
    void genesis_founds_the_network() {
        Members members = new Members(network.state());

        assertThat(members.founder()).contains("hospital");
        assertThat(members.organization("clinic").orElseThrow().gateway()).isEqualTo("https://clinic.example/fhir");
        assertThat(members.contractVersion("records", 1)).isEqualTo(OptionalInt.of(1));
        assertThat(members.contractVersion("telemetry", 1)).isEmpty();
    }

    @Test
    void only_admins_of_the_founder_admit_organizations() {
        assertThat(network.call(CLINIC, admit("lab"))).isEqualTo("not-authorized");
        assertThat(network.call(NURSE, admit("lab"))).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("hospital-ca"), admit("lab"))).isEqualTo("not-authorized");

        assertThat(network.call(FOUNDER, admit("lab"))).isEqualTo("accepted");

        assertThat(network.call(FOUNDER, admit("lab"))).isEqualTo("organization-exists");
        assertThat(new Members(network.state()).isActive("lab")).isTrue();
    }

    @Test
    void an_organization_is_enrolled_for_by_its_own_ca_and_admins_only() {
        assertThat(network.call(CLINIC, certificate("new"))).isEqualTo("accepted");
        assertThat(network.call(thumbprint("clinic-ca"), certificate("newer"))).isEqualTo("accepted");
        assertThat(network.call(NURSE, certificate("newest"))).isEqualTo("not-authorized");

        assertThat(new Members(network.state())
                        .certificate(kid("new"))
                        .orElseThrow()
                        .organization())
                .isEqualTo("clinic");
    }

    @Test
    void a_key_id_names_one_key_for_ever() {
        network.certificate("gateway", "clinic", Role.CLIENT, Attribute.GATEWAY).patient("ann", "gateway");
        network.must(CLINIC, new RevokeCertificate(NURSE, RevocationReason.SUPERSEDED));

        assertThat(network.call(CLINIC, certificate(NURSE, "other"))).isEqualTo("key-in-use");
        assertThat(network.call(CLINIC, certificate(thumbprint("hospital-ca"), "other")))
                .isEqualTo("key-in-use");
        assertThat(network.call(CLINIC, certificate(thumbprint("ann"), "other")))
                .as("else the clinic could act as the patient")
                .isEqualTo("key-in-use");
    }

    @Test
    void a_revoked_certificate_signs_nothing_from_the_next_transaction_on() {
        network.must(CLINIC, new RevokeCertificate(NURSE, RevocationReason.KEY_COMPROMISE));

        assertThat(network.call(NURSE, new SuspendCertificate(NURSE))).isEqualTo("unknown-key");
        assertThat(network.call(CLINIC, new RestoreCertificate(NURSE))).isEqualTo("wrong-status");
        assertThat(network.call(CLINIC, new RevokeCertificate(NURSE, RevocationReason.UNSPECIFIED)))
                .isEqualTo("wrong-status");
        assertThat(standing(NURSE)).isEqualTo(Standing.REVOKED);
    }

    @Test
    void a_suspended_certificate_comes_back() {
        network.must(CLINIC, new SuspendCertificate(NURSE));
        assertThat(standing(NURSE)).isEqualTo(Standing.SUSPENDED);
        assertThat(network.call(CLINIC, new SuspendCertificate(NURSE))).isEqualTo("wrong-status");

        network.must(CLINIC, new RestoreCertificate(NURSE));

        assertThat(standing(NURSE)).isEqualTo(Standing.IN_FORCE);
        assertThat(network.call(CLINIC, new RestoreCertificate(NURSE))).isEqualTo("wrong-status");
    }

    @Test
    void nobody_touches_the_certificates_of_another_organization() {
        assertThat(network.call(FOUNDER, new RevokeCertificate(NURSE, RevocationReason.UNSPECIFIED)))
                .isEqualTo("unknown-certificate");
        assertThat(network.call(FOUNDER, new SuspendCertificate(NURSE))).isEqualTo("unknown-certificate");
        assertThat(network.call(FOUNDER, new RetireAuthority(thumbprint("clinic-ca"))))
                .isEqualTo("unknown-key");
    }

    @Test
    void a_certificate_is_in_force_within_its_validity_only() {
        network.must(
                CLINIC,
                new EnrollCertificate(
                        kid("temp"), key("temp"), Role.CLIENT, EnumSet.noneOf(Attribute.class), network.days(1, 2)));
        Period validity = new Members(network.state())
                .certificate(kid("temp"))
                .orElseThrow()
                .validity();

        assertThat(standing(kid("temp"), validity.from().minusMillis(1))).isEqualTo(Standing.NOT_YET_VALID);
        assertThat(standing(kid("temp"), validity.from())).isEqualTo(Standing.IN_FORCE);
        assertThat(standing(kid("temp"), validity.until().minusMillis(1))).isEqualTo(Standing.IN_FORCE);
        assertThat(standing(kid("temp"), validity.until())).isEqualTo(Standing.EXPIRED);
    }

    @Test
    void a_suspended_organization_is_out_with_all_its_certificates_and_comes_back() {
        network.must(FOUNDER, network.proposal(new SuspendOrganization("clinic")));

        assertThat(standing(NURSE)).isEqualTo(Standing.ORGANIZATION_SUSPENDED);
        assertThat(network.call(CLINIC, certificate("new"))).isEqualTo("unknown-key");
        assertThat(network.call(thumbprint("clinic-ca"), certificate("new"))).isEqualTo("unknown-key");
        assertThat(network.call(FOUNDER, network.proposal(new SuspendOrganization("clinic"))))
                .isEqualTo("wrong-status");

        network.must(FOUNDER, network.proposal(new RestoreOrganization("clinic")));

        assertThat(network.call(CLINIC, certificate("new"))).isEqualTo("accepted");
        assertThat(network.call(FOUNDER, network.proposal(new RestoreOrganization("clinic"))))
                .isEqualTo("wrong-status");
        assertThat(network.call(FOUNDER, network.proposal(new RestoreOrganization("nowhere"))))
                .isEqualTo("unknown-organization");
    }

    @Test
    void the_founder_cannot_lock_itself_out() {
        assertThat(network.call(FOUNDER, network.proposal(new SuspendOrganization("hospital"))))
                .isEqualTo("founder-stays");
        assertThat(network.call(FOUNDER, new RetireAuthority(thumbprint("hospital-ca"))))
                .isEqualTo("last-key");
    }

    @Test
    void a_ca_key_can_be_replaced() {
        network.must(thumbprint("clinic-ca"), new AddAuthority(key("clinic-ca-2")));
        network.must(thumbprint("clinic-ca-2"), new RetireAuthority(thumbprint("clinic-ca")));

        assertThat(network.call(thumbprint("clinic-ca"), certificate("new"))).isEqualTo("unknown-key");
        assertThat(network.call(thumbprint("clinic-ca-2"), certificate("new"))).isEqualTo("accepted");
        assertThat(network.call(CLINIC, new AddAuthority(key("clinic-ca")))).isEqualTo("key-in-use");
        assertThat(standing(NURSE)).isEqualTo(Standing.IN_FORCE);
    }

    @Test
    void an_organization_has_at_most_eight_ca_keys() {
        for (int i = 2; i <= OwnOrganization.MOST_AUTHORITIES; i++) {
            network.must(CLINIC, new AddAuthority(key("extra-" + i)));
        }
        assertThat(network.call(CLINIC, new AddAuthority(key("extra")))).isEqualTo("too-many-keys");
    }

    @Test
    void an_organization_says_where_it_is_reached() {
        UpdateOrganization update = new UpdateOrganization(
                "https://new.example/fhir", TestNetwork.organization("new").logKey());

        assertThat(network.call(NURSE, update)).isEqualTo("not-authorized");
        assertThat(network.call(CLINIC, update)).isEqualTo("accepted");

        Organization clinic =
                new Members(network.state()).organization("clinic").orElseThrow();
        assertThat(clinic.gateway()).isEqualTo("https://new.example/fhir");
        assertThat(clinic.logKey()).isEqualTo(update.logKey());
    }

    @Test
    void a_contract_version_is_in_force_from_its_height_on() {
        long height = network.history().height() + 10;

        network.must(FOUNDER, network.proposal(new ActivateContract("records", 2, height)));

        Members members = new Members(network.state());
        assertThat(members.contractVersion("records", height - 1)).isEqualTo(OptionalInt.of(1));
        assertThat(members.contractVersion("records", height)).isEqualTo(OptionalInt.of(2));
        assertThat(network.call(FOUNDER, network.proposal(new ActivateContract("records", 2, height + 1))))
                .isEqualTo("version-not-newer");
        assertThat(network.call(FOUNDER, network.proposal(new ActivateContract("records", 3, height))))
                .isEqualTo("version-not-newer");
        assertThat(network.call(FOUNDER, network.proposal(new ActivateContract("records", 3, 2))))
                .isEqualTo("too-late");
        assertThat(network.call(CLINIC, network.proposal(new ActivateContract("records", 3, height + 1))))
                .isEqualTo("not-authorized");
    }

    @Test
    void what_was_in_force_at_a_past_height_is_still_known() {
        long before = network.history().height();
        network.must(CLINIC, new RevokeCertificate(NURSE, RevocationReason.SUPERSEDED));
        Instant time = network.time();

        assertThat(new Members(network.history().at(before)).inForce(NURSE, time))
                .isPresent();
        assertThat(new Members(network.state()).inForce(NURSE, time)).isEmpty();
    }

    @Test
    void the_ledger_spells_roles_as_certificates_do() {
        assertThat(Certificate.ROLES.all()).containsExactly("admin", "client", "peer");
        assertThat(Role.values())
                .allSatisfy(role -> assertThat(Codes.code(role)).isEqualTo(role.organizationalUnit()));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void every_role_reads_back(Role role) {
        Set<Attribute> attributes = EnumSet.of(Attribute.NURSE, Attribute.CLINICIAN);
        network.must(CLINIC, new EnrollCertificate(kid("x"), key("x"), role, attributes, network.days(0, 1)));

        Certificate read = new Members(network.state()).certificate(kid("x")).orElseThrow();

        assertThat(read.role()).isEqualTo(role);
        assertThat(read.attributes()).isEqualTo(attributes);
    }

    @Test
    void a_validity_that_is_over_too_old_or_too_long_is_refused() {
        Instant now = Instant.ofEpochSecond(network.time().getEpochSecond());
        assertThat(enrollFor(now.minusSeconds(100), now)).isEqualTo("invalid-period");
        assertThat(enrollFor(now.minus(Duration.ofDays(32)), now.plusSeconds(9_999)))
                .isEqualTo("invalid-period");
        assertThat(enrollFor(now, now.plus(Duration.ofDays(3_654)))).isEqualTo("invalid-period");
        assertThat(enrollFor(now, now.plus(Duration.ofDays(3_653)))).isEqualTo("accepted");
    }

    @Test
    void keys_are_found_while_they_may_sign() {
        NetworkKeys keys = new NetworkKeys();

        assertThat(keys.find(network.state(), NURSE, network.time())).contains(key("nurse"));
        assertThat(keys.find(network.state(), thumbprint("clinic-ca"), network.time()))
                .contains(key("clinic-ca"));
        assertThat(keys.find(network.state(), kid("nobody"), network.time())).isEmpty();
        assertThat(keys.find(network.state(), NURSE, network.time().plus(Duration.ofDays(401))))
                .isEmpty();
    }

    private Propose admit(String id) {
        return network.proposal(new AdmitOrganization(TestNetwork.organization(id)));
    }

    private String enrollFor(Instant from, Instant until) {
        return network.call(
                CLINIC,
                new EnrollCertificate(
                        kid("x"), key("x"), Role.CLIENT, EnumSet.noneOf(Attribute.class), new Period(from, until)));
    }

    private EnrollCertificate certificate(String name) {
        return certificate(kid(name), name);
    }

    private EnrollCertificate certificate(Sha256 kid, String key) {
        return new EnrollCertificate(kid, key(key), Role.CLIENT, EnumSet.noneOf(Attribute.class), network.days(0, 10));
    }

    private Standing standing(Sha256 kid) {
        return standing(kid, network.time());
    }

    private Standing standing(Sha256 kid, Instant time) {
        Members members = new Members(network.state());
        return members.standing(members.certificate(kid).orElseThrow(), time);
    }
}
