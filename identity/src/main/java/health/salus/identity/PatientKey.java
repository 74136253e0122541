package health.salus.identity;

import health.salus.foundation.Sha256;

/**
 * A patient's key at one custodian. Patients hold keys, not certificates: nobody vouches for a name, and two handles
 * of one patient share nothing.
 *
 * @param handle what the custodian registers the key under
 * @param key the key
 */
public record PatientKey(Handle handle, P256PrivateKey key) implements Signer {
    /** A new key under a new handle. */
    public static PatientKey generate() {
        return new PatientKey(Handle.random(), P256PrivateKey.generate());
    }

    /** JWK thumbprint (RFC 7638) of the public key. */
    @Override
    public Sha256 kid() {
        return key.publicKey().thumbprint();
    }
}
