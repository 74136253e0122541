package health.salus.fhir.receipt;

import health.salus.fhir.ResourceVersion;
import health.salus.foundation.Sha256;
import java.time.Instant;

/** What checking a record receipt found. */
public sealed interface RecordReceiptCheck {
    /**
     * The version was committed to in the record log whose head the network anchored.
     *
     * @param version which one
     * @param entry index of the commitment in the record log
     * @param signer key id of the certificate that anchored the head
     * @param network whose ledger has the head
     * @param height of the ledger's block with the anchor
     * @param time of that block: the version existed by then
     */
    record Verified(ResourceVersion version, long entry, Sha256 signer, String network, long height, Instant time)
            implements RecordReceiptCheck {}

    /** The receipt shows nothing; {@code reason} is one line without content of the receipt. */
    record Refused(String reason) implements RecordReceiptCheck {}

    /** Whether the receipt shows what it claims. */
    default boolean isVerified() {
        return this instanceof Verified;
    }
}
