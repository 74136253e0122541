package health.salus.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;

/** Certificates that the authority would not make. */
final class Forgery {
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private Forgery() {}

    static X500Name subject(P256Certificate certificate) {
        return X500Name.getInstance(certificate.subject().getEncoded());
    }

    /** The same certificate with the other s: still a valid ECDSA signature. */
    static P256Certificate withHigherS(P256Certificate certificate) {
        byte[] signature = certificate.signature().orElseThrow().bytes();
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(signature, 32))));
        numbers.add(new ASN1Integer(N.subtract(s)));
        ASN1Sequence parts = ASN1Sequence.getInstance(certificate.der());
        try {
            ASN1EncodableVector forged = new ASN1EncodableVector();
            forged.add(parts.getObjectAt(0));
            forged.add(parts.getObjectAt(1));
            forged.add(new DERBitString(new DERSequence(numbers)));
            return P256Certificate.ofDer(new DERSequence(forged).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
