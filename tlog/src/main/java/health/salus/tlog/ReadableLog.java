package health.salus.tlog;

import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.SignedNote;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A transparency log that can be read: every byte is verified against the root before it is returned. Thread-safe, also
 * beside the one thread that appends.
 *
 * <p>All methods throw {@link CorruptLogException} where stored bytes are not those that the root covers, and
 * {@link LogStorageException} where they cannot be read at all.
 */
public sealed interface ReadableLog permits EdgeLog {
    /** Name of the log in its checkpoints. */
    String origin();

    /** Size and root of everything that is durable now. */
    TreeHead head();

    /** Size and root when the log had {@code size} entries. @throws IllegalArgumentException beyond the current size */
    TreeHead head(long size);

    /**
     * The current head, signed by the log; of a log that was killed, the last head that it published.
     *
     * @throws IllegalStateException if it has not published any
     */
    SignedNote checkpoint();

    /** Content of one entry. @throws IllegalArgumentException unless {@code 0 <= index < head().size()} */
    byte[] entry(long index);

    /**
     * Visits the entries {@code from} (inclusive) to {@code to} (exclusive) in order, reading each file once.
     *
     * @throws IllegalArgumentException unless {@code 0 <= from <= to <= head().size()}
     */
    void scan(long from, long to, EntryVisitor visitor);

    /** Proof that entry {@code index} is in the tree of {@code size}. @throws IllegalArgumentException out of range */
    InclusionProof inclusionProof(long index, long size);

    /** Proof that the tree of size {@code newer} extends that of {@code older}. @throws IllegalArgumentException out of range */
    ConsistencyProof consistencyProof(long older, long newer);

    /**
     * Content of a tile as it is served: {@code tile/<L>/<N>[.p/<W>]} or {@code tile/entries/<N>[.p/<W>]}. A partial tile is
     * there for every width that the current size has reached.
     */
    Optional<byte[]> tile(String path);

    /**
     * Reads every stored hash and entry and verifies it against the root; a log that returns from this is whole.
     *
     * @param progress told how many entries are verified, every 256 entries
     */
    void verify(LongConsumer progress);
}
