package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationCaTest {
    private static final Duration YEAR = Duration.ofDays(365);

    private final TestClock clock = new TestClock();
    private final OrganizationCa.Created created = OrganizationCa.create("hospital-a", clock);
    private final OrganizationCa ca = created.ca();
    private final Enrollment enrollment =
            Enrollment.of("Dr. Ada Example", Role.CLIENT, Set.of("clinician", "custodian"), YEAR);

    @Test
    void an_enrolled_member_has_what_was_enrolled() {
        P256Certificate certificate = ca.enroll(enrollment).chain().endEntity();

        assertThat(certificate.role()).contains(Role.CLIENT);
        assertThat(certificate.organization()).contains("hospital-a");
        assertThat(certificate.attributes()).containsExactly("clinician", "custodian");
        assertThat(certificate.notBefore()).isEqualTo(TestClock.START.minus(OrganizationCa.CLOCK_SKEW));
        assertThat(certificate.notAfter()).isEqualTo(TestClock.START.plus(YEAR));
        assertThat(certificate.x509().getSubjectX500Principal().getName()).contains("CN=Dr. Ada Example");
    }

    @Test
    void the_key_id_is_the_certificates_thumbprint() {
        Credential member = ca.enroll(enrollment);

        assertThat(member.kid())
                .isEqualTo(Sha256.of(member.chain().endEntity().der()))
                .isEqualTo(member.chain().endEntity().thumbprint());
        CompactJws jws = member.sign("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(jws.kid()).isEqualTo(member.kid());
        assertThat(jws.verify(member.chain().endEntity().publicKey())).isTrue();
    }

    @Test
    void a_request_brings_the_key_and_the_authority_the_rest() {
        P256PrivateKey key = P256PrivateKey.generate();
        byte[] request = CertificateRequest.create(key).der();

        CertificateChain chain = ca.enroll(enrollment, CertificateRequest.ofDer(request));

        assertThat(chain.endEntity().publicKey()).isEqualTo(key.publicKey());
        assertThat(new Credential(key, chain).kid()).isEqualTo(chain.endEntity().thumbprint());
        assertThatThrownBy(() -> new Credential(P256PrivateKey.generate(), chain))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_authority_reopened_from_its_credential_issues_under_the_same_root() {
        OrganizationCa reopened = OrganizationCa.of(ca.enrollmentCa(), clock);

        CertificateChain chain = reopened.enroll(enrollment).chain();

        assertThat(reopened.organization()).isEqualTo("hospital-a");
        assertThat(chain.root())
                .isEqualTo(ca.root())
                .isEqualTo(created.root().chain().endEntity());
        assertThat(chain.validate(ca.root(), clock.instant())).isInstanceOf(PathValidation.Valid.class);
    }

    @Test
    void neither_a_root_nor_a_member_is_an_enrollment_authority() {
        assertThatThrownBy(() -> OrganizationCa.of(created.root(), clock)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OrganizationCa.of(ca.enroll(enrollment), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_certificate_outlives_the_authority() {
        clock.advance(OrganizationCa.ENROLLMENT_CA_VALIDITY.minus(YEAR));
        assertThat(ca.enroll(enrollment)).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> ca.enroll(enrollment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("renew the enrollment CA");
    }

    @Test
    void serial_numbers_are_positive_and_differ() {
        Set<BigInteger> serials = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            serials.add(ca.enroll(enrollment).chain().endEntity().x509().getSerialNumber());
        }

        assertThat(serials).hasSize(20).allMatch(serial -> serial.signum() > 0 && serial.bitLength() <= 128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "hospital a", "1a", "-a", "ospedale-di-città", "a12345678901234567890123456789012"})
    void organization_ids_and_attributes_are_slugs(String text) {
        assertThatThrownBy(() -> OrganizationCa.create(text, clock)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Enrollment.of("x", Role.CLIENT, Set.of(text), YEAR))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_has_1_to_64_characters_and_is_not_printed() {
        assertThat(enrollment.toString()).doesNotContain("Ada");
        assertThat(ca.enroll(enrollment).toString()).doesNotContain("Ada");
        assertThatThrownBy(() -> Enrollment.of(" ", Role.PEER, Set.of(), YEAR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Enrollment.of("x".repeat(65), Role.PEER, Set.of(), YEAR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Enrollment.of("x", Role.PEER, Set.of(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_cannot_smuggle_in_another_role() {
        Enrollment smuggled = Enrollment.of("x,OU=admin", Role.CLIENT, Set.of(), YEAR);

        assertThat(ca.enroll(smuggled).chain().endEntity().role()).contains(Role.CLIENT);
    }
}
