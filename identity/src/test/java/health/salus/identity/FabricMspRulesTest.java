package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stock Hyperledger Fabric MSP (2.5) demands of certificates, rule by rule. */
class FabricMspRulesTest {
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final Set<String> CRITICAL = Set.of("2.5.29.15", "2.5.29.19"); // key usage, basic constraints

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_members_chain_keeps_them(Role role) {
        Credential member = OrganizationCa.create("hospital-a", new TestClock())
                .ca()
                .enroll(Enrollment.of("x", role, Set.of("gateway"), Duration.ofDays(30)));
        List<P256Certificate> chain = member.chain().certificates();
        List<String> units = new ArrayList<>();
        Subject.of(chain.getFirst().x509()).only(BCStyle.OU).ifPresent(units::add);

        assertThat(chain).as("issued by an intermediate").hasSize(3);
        assertThat(units).as("exactly one OU").containsExactly(role.organizationalUnit());
        for (P256Certificate certificate : chain) {
            X509Certificate x509 = certificate.x509();
            assertThat(x509.getVersion()).isEqualTo(3);
            assertThat(x509.getSigAlgName()).isEqualTo("SHA256withECDSA");
            assertThat(certificate.signature()).as("lower s").isPresent();
            assertThat(x509.getCriticalExtensionOIDs())
                    .as("no private critical extension")
                    .isEqualTo(CRITICAL);
            assertThat(x509.getBasicConstraints() >= 0).as("CA").isEqualTo(!certificate.equals(chain.getFirst()));
        }
        for (int i = 0; i < chain.size(); i++) {
            P256Certificate issuer = chain.get(Math.min(i + 1, 2));
            assertThat(authorityKeyIdentifier(chain.get(i))).as("AKI").isEqualTo(subjectKeyIdentifier(issuer));
        }
        assertThat(chain.get(1).x509().getBasicConstraints()).as("path length").isZero();
    }

    private static byte[] subjectKeyIdentifier(P256Certificate certificate) {
        return SubjectKeyIdentifier.getInstance(octets(certificate, SUBJECT_KEY_IDENTIFIER))
                .getKeyIdentifier();
    }

    private static byte[] authorityKeyIdentifier(P256Certificate certificate) {
        return AuthorityKeyIdentifier.getInstance(octets(certificate, AUTHORITY_KEY_IDENTIFIER))
                .getKeyIdentifier();
    }

    private static byte[] octets(P256Certificate certificate, String oid) {
        return ASN1OctetString.getInstance(certificate.x509().getExtensionValue(oid))
                .getOctets();
    }
}
