package health.salus.identity;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Distinguished name (RFC 5280 §4.1.2.4) of a certificate's subject. */
final class Subject {
    static final ASN1ObjectIdentifier ORGANIZATION = BCStyle.O;
    static final ASN1ObjectIdentifier ORGANIZATIONAL_UNIT = BCStyle.OU;

    private final X500Name name;

    private Subject(X500Name name) {
        this.name = name;
    }

    static Subject of(X509Certificate certificate) {
        return new Subject(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    }

    /** The name of an authority: it has no role. */
    static X500Name authority(String organization, String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(ORGANIZATION, organization)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    static X500Name member(String organization, Role role, String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(ORGANIZATION, organization)
                .addRDN(ORGANIZATIONAL_UNIT, role.organizationalUnit())
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** The value of an attribute; empty unless it occurs exactly once. */
    Optional<String> only(ASN1ObjectIdentifier attribute) {
        List<String> values = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue part : rdn.getTypesAndValues()) {
                if (part.getType().equals(attribute)) {
                    values.add(IETFUtils.valueToString(part.getValue()));
                }
            }
        }
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
