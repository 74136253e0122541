package health.salus.identity;

import health.salus.foundation.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Signs certificates and requests with ECDSA, SHA-256 and the lower s. For one signature. */
final class CertificateSigner implements ContentSigner {
    private final P256PrivateKey key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    CertificateSigner(P256PrivateKey key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        return key.sign(Sha256.of(content.toByteArray())).der();
    }
}
