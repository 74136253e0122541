package health.salus.contracts.access;

import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * What the ledger holds instead of {@link Terms}: SHA-256(ASCII {@code salus-terms-v1}, a zero byte, canonical JSON of the
 * terms). The terms' salt of 256 bits makes it reveal nothing.
 */
public record TermsCommitment(Sha256 digest) {
    private static final byte[] DOMAIN = "salus-terms-v1\0".getBytes(StandardCharsets.US_ASCII);

    static TermsCommitment of(byte[] canonicalTerms) {
        return new TermsCommitment(Sha256.of(DOMAIN, canonicalTerms));
    }
}
