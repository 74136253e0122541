package health.salus.identity;

import health.salus.foundation.Sha256;

/** Somebody who can sign for the network: the holder of a certificate, or a patient. Thread-safe. */
public sealed interface Signer permits Credential, PatientKey {
    /** The private key. */
    P256PrivateKey key();

    /** The key id: thumbprint of the certificate, or of the JWK where there is none. */
    Sha256 kid();

    /** Signs {@code payload} under this key id. */
    default CompactJws sign(byte[] payload) {
        return CompactJws.sign(payload, kid(), key());
    }
}
