package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.identity.PathValidation.Invalid;
import health.salus.identity.PathValidation.Reason;
import health.salus.identity.PathValidation.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

class CertificateChainTest {
    private static final Instant NOW = TestClock.START;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final OrganizationCa.Created CREATED = OrganizationCa.create("hospital-a", new TestClock());
    private static final Credential ROOT = CREATED.root();
    private static final OrganizationCa CA = CREATED.ca();
    private static final P256Certificate ENROLLMENT_CA =
            CA.enrollmentCa().chain().endEntity();
    private static final Credential MEMBER = CA.enroll(Enrollment.of("x", Role.ADMIN, Set.of("clinician"), YEAR));
    private static final P256Certificate CERTIFICATE = MEMBER.chain().endEntity();

    @Test
    void a_members_chain_is_valid_and_names_the_role() {
        assertThat(MEMBER.chain().validate(CA.root(), NOW)).isEqualTo(new Valid(CERTIFICATE, Role.ADMIN));
    }

    @Test
    void validity_includes_its_first_and_its_last_second() {
        assertThat(validateAt(CERTIFICATE.notBefore())).isInstanceOf(Valid.class);
        assertThat(validateAt(CERTIFICATE.notAfter())).isInstanceOf(Valid.class);
        assertThat(validateAt(CERTIFICATE.notBefore().minusMillis(1))).isEqualTo(new Invalid(Reason.NOT_YET_VALID));
        assertThat(validateAt(CERTIFICATE.notAfter().plusMillis(1))).isEqualTo(new Invalid(Reason.EXPIRED));
        assertThat(validateAt(CA.root().notAfter().plusMillis(1))).isEqualTo(new Invalid(Reason.EXPIRED));
    }

    @Test
    void the_root_of_another_organization_is_no_anchor() {
        P256Certificate other =
                OrganizationCa.create("hospital-a", new TestClock()).ca().root();

        assertThat(MEMBER.chain().validate(other, NOW)).isEqualTo(new Invalid(Reason.UNKNOWN_ANCHOR));
    }

    @Test
    void the_enrollment_ca_of_another_organization_of_the_same_name_is_a_wrong_signer() {
        OrganizationCa other =
                OrganizationCa.create("hospital-a", new TestClock()).ca();
        P256Certificate otherEnrollmentCa = other.enrollmentCa().chain().endEntity();

        assertRefused(Reason.WRONG_SIGNATURE, CERTIFICATE, otherEnrollmentCa, CA.root());
        Credential stranger = other.enroll(Enrollment.of("x", Role.ADMIN, Set.of(), YEAR));
        assertRefused(Reason.WRONG_SIGNATURE, stranger.chain().endEntity(), ENROLLMENT_CA, CA.root());
    }

    @Test
    void an_issuer_of_another_name_is_refused() {
        P256Certificate other = OrganizationCa.create("clinic-b", new TestClock())
                .ca()
                .enrollmentCa()
                .chain()
                .endEntity();

        assertRefused(Reason.WRONG_ISSUER, CERTIFICATE, other, CA.root());
    }

    @Test
    void a_member_certified_by_the_root_itself_is_refused() {
        P256Certificate direct = template("client").endEntity(Forgery.subject(CA.root()), ROOT.key());

        assertRefused(Reason.WRONG_LENGTH, direct, CA.root());
        assertRefused(Reason.WRONG_LENGTH, CA.root());
    }

    @Test
    void a_member_certifies_nobody() {
        P256Certificate byMember = template("client").endEntity(Forgery.subject(CERTIFICATE), MEMBER.key());
        assertThatThrownBy(() -> new CertificateChain(List.of(byMember, CERTIFICATE, ENROLLMENT_CA, CA.root())))
                .isInstanceOf(IllegalArgumentException.class);

        P256PrivateKey key = P256PrivateKey.generate();
        P256Certificate asIntermediate = new CertificateTemplate(member("client"), key.publicKey(), NOW, NOW.plus(YEAR))
                .endEntity(Forgery.subject(CA.root()), ROOT.key());
        P256Certificate below = template("client").endEntity(Forgery.subject(asIntermediate), key);
        assertRefused(Reason.NOT_AN_AUTHORITY, below, asIntermediate, CA.root());
    }

    @Test
    void an_authority_is_no_member() {
        P256Certificate second = template("client")
                .authority(Forgery.subject(ENROLLMENT_CA), CA.enrollmentCa().key(), 0);

        assertRefused(Reason.NOT_AN_AUTHORITY, second, ENROLLMENT_CA, CA.root());
    }

    @Test
    void the_higher_s_is_refused_in_every_place() {
        assertRefused(Reason.UNACCEPTABLE_SIGNATURE, Forgery.withHigherS(CERTIFICATE), ENROLLMENT_CA, CA.root());
        assertRefused(Reason.UNACCEPTABLE_SIGNATURE, CERTIFICATE, Forgery.withHigherS(ENROLLMENT_CA), CA.root());

        P256Certificate root = Forgery.withHigherS(CA.root());
        assertThat(new CertificateChain(List.of(CERTIFICATE, ENROLLMENT_CA, root)).validate(root, NOW))
                .isEqualTo(new Invalid(Reason.UNACCEPTABLE_SIGNATURE));
    }

    @Test
    void an_unknown_critical_extension_is_refused_and_an_uncritical_one_is_not() {
        assertRefused(Reason.REFUSED_BY_RFC5280, withExtension(true), ENROLLMENT_CA, CA.root());
        assertThat(new CertificateChain(List.of(withExtension(false), ENROLLMENT_CA, CA.root()))
                        .validate(CA.root(), NOW))
                .isInstanceOf(Valid.class);
    }

    @Test
    void there_is_exactly_one_role_in_the_authoritys_organization() {
        assertRefusedSubject("O=hospital-a,CN=x");
        assertRefusedSubject("O=hospital-a,OU=orderer,CN=x");
        assertRefusedSubject("O=hospital-a,OU=Client,CN=x");
        assertRefusedSubject("O=hospital-a,OU=client,OU=admin,CN=x");
        assertRefusedSubject("O=hospital-a,OU=client+OU=admin,CN=x");
        assertRefusedSubject("O=hospital-a,OU=client,OU=client,CN=x");
        assertRefusedSubject("OU=client,CN=x");
        assertRefusedSubject("O=clinic-b,OU=client,CN=x");
        assertRefusedSubject("O=hospital-a,O=clinic-b,OU=client,CN=x");
    }

    @Test
    void damaged_attributes_are_refused() {
        for (String json : List.of("", "{}", "{\"attrs\":1}", "{\"attrs\":{\"clinician\":true},}", "[]")) {
            Extension extension = new Extension(
                    new ASN1ObjectIdentifier(AttributeExtension.OID), false, json.getBytes(StandardCharsets.UTF_8));
            P256Certificate certificate = template("client")
                    .endEntity(Forgery.subject(ENROLLMENT_CA), CA.enrollmentCa().key(), extension);

            assertRefused(Reason.DAMAGED_ATTRIBUTES, certificate, ENROLLMENT_CA, CA.root());
        }
    }

    @Test
    void attributes_of_fabric_ca_that_are_no_codes_are_passed_over() {
        String json = "{\"attrs\":{\"clinician\":\"true\",\"custodian\":\"false\",\"hf.Type\":\"client\"}}";
        Extension extension = new Extension(
                new ASN1ObjectIdentifier(AttributeExtension.OID), false, json.getBytes(StandardCharsets.UTF_8));

        assertThat(template("client")
                        .endEntity(
                                Forgery.subject(ENROLLMENT_CA),
                                CA.enrollmentCa().key(),
                                extension)
                        .attributes())
                .containsExactly("clinician");
    }

    @Test
    void every_flipped_bit_of_a_certificate_is_refused() {
        byte[] der = CERTIFICATE.der();
        for (int i = 0; i < der.length; i++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] mutated = der.clone();
                mutated[i] ^= (byte) bit;
                assertThat(accepted(mutated)).as("byte %d, bit %d", i, bit).isFalse();
            }
        }
    }

    @Test
    void nobody_can_give_a_certificate_a_second_thumbprint_by_its_unused_bits() {
        byte[] der;
        do { // until the last bit is zero, so that calling it unused leaves the number as it is
            der = CA.enroll(Enrollment.of("x", Role.CLIENT, Set.of(), YEAR))
                    .chain()
                    .endEntity()
                    .der();
        } while ((der[der.length - 1] & 1) != 0);
        int signatureLength =
                P256Certificate.ofDer(der).signature().orElseThrow().der().length;
        der[der.length - signatureLength - 1] = 1;

        assertRefused(Reason.UNACCEPTABLE_SIGNATURE, P256Certificate.ofDer(der), ENROLLMENT_CA, CA.root());
    }

    @Test
    void a_certificate_cut_short_or_followed_by_more_cannot_be_read() {
        byte[] der = CERTIFICATE.der();
        assertThatThrownBy(() -> P256Certificate.ofDer(Arrays.copyOf(der, der.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> P256Certificate.ofDer(Arrays.copyOf(der, der.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> P256Certificate.ofDer(new byte[P256Certificate.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> P256Certificate.ofDer(MEMBER.chain().pem().getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pem_leads_back_and_other_text_is_refused() {
        assertThat(CertificateChain.ofPem(MEMBER.chain().pem())).isEqualTo(MEMBER.chain());
        assertThatThrownBy(() -> CertificateChain.ofPem("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CertificateChain.ofPem("x".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CertificateChain.ofPem("-----BEGIN CERTIFICATE-----\nAAAA\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PathValidation validateAt(Instant time) {
        return MEMBER.chain().validate(CA.root(), time);
    }

    private static void assertRefused(Reason reason, P256Certificate... chain) {
        assertThat(new CertificateChain(List.of(chain)).validate(CA.root(), NOW))
                .isEqualTo(new Invalid(reason));
    }

    private static void assertRefusedSubject(String subject) {
        P256PublicKey key = P256PrivateKey.generate().publicKey();
        P256Certificate certificate = new CertificateTemplate(new X500Name(subject), key, NOW, NOW.plus(YEAR))
                .endEntity(Forgery.subject(ENROLLMENT_CA), CA.enrollmentCa().key());
        assertRefused(Reason.NO_ROLE, certificate, ENROLLMENT_CA, CA.root());
    }

    private static boolean accepted(byte[] der) {
        try {
            List<P256Certificate> chain = new ArrayList<>(MEMBER.chain().certificates());
            chain.set(0, P256Certificate.ofDer(der));
            return new CertificateChain(chain).validate(CA.root(), NOW) instanceof Valid;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static P256Certificate withExtension(boolean critical) {
        return template("client")
                .endEntity(
                        Forgery.subject(ENROLLMENT_CA),
                        CA.enrollmentCa().key(),
                        new Extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), critical, new byte[] {5, 0}));
    }

    private static CertificateTemplate template(String unit) {
        return new CertificateTemplate(member(unit), P256PrivateKey.generate().publicKey(), NOW, NOW.plus(YEAR));
    }

    private static X500Name member(String unit) {
        return new X500Name("O=hospital-a,OU=" + unit + ",CN=x");
    }
}
