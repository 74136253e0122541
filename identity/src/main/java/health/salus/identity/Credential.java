package health.salus.identity;

import health.salus.foundation.Sha256;

/**
 * A private key with the certificates that vouch for it.
 *
 * @param key the key
 * @param chain certificates from the key's own to the root
 */
public record Credential(P256PrivateKey key, CertificateChain chain) implements Signer {
    /** @throws IllegalArgumentException if the first certificate is of another key */
    public Credential {
        if (!chain.endEntity().publicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("certificate of another key than " + key.publicKey());
        }
    }

    /** Thumbprint of the certificate. */
    @Override
    public Sha256 kid() {
        return chain.endEntity().thumbprint();
    }
}
