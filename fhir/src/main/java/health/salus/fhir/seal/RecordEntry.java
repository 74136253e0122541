package health.salus.fhir.seal;

import health.salus.foundation.Sha256;
import java.util.Arrays;

/**
 * An entry of an organization's record log: 33 bytes, one that says the kind and a digest. Says when something happened,
 * not what.
 *
 * @param digest a {@link Seal#commitment} for versions and disclosures, an {@link Erasure#digest} for erasures
 */
public record RecordEntry(Kind kind, Sha256 digest) {
    /** Length in bytes. */
    public static final int BYTES = 1 + Sha256.BYTES;

    /** What an entry stands for; the byte is an ASCII letter. */
    public enum Kind {
        /** A version of a resource was stored (or is its deletion). */
        VERSION('V'),
        /** Data was released, or refused: commits to the AuditEvent. */
        DISCLOSURE('D'),
        /** Versions were erased: commits to the erasure receipt. */
        ERASURE('E');

        private final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }

        private static Kind ofCode(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("record entry of an unknown kind");
        }
    }

    /** Kind, then digest. */
    public byte[] encode() {
        byte[] bytes = new byte[BYTES];
        bytes[0] = kind.code;
        digest.copyTo(bytes, 1);
        return bytes;
    }

    /** Reads what {@link #encode} wrote. @throws IllegalArgumentException for anything else */
    public static RecordEntry decode(byte[] entry) {
        if (entry.length != BYTES) {
            throw new IllegalArgumentException("record entry of " + entry.length + " bytes (expected: " + BYTES + ")");
        }
        return new RecordEntry(Kind.ofCode(entry[0]), Sha256.ofBytes(Arrays.copyOfRange(entry, 1, BYTES)));
    }
}
