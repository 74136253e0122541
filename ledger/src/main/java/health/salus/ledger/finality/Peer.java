package health.salus.ledger.finality;

import health.salus.tlog.TileSource;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Another organization's node as this one reaches it. Nothing that it says is trusted. Thread-safe. */
public interface Peer {
    /** Most checkpoints in one {@link #exchange}. */
    int MOST_NOTES = 64;

    /** Its organization. */
    String organization();

    /**
     * Tells cosignatures.
     *
     * @param notes checkpoints with cosignatures, at most {@value #MOST_NOTES}
     * @param fresh whether it shall cosign its head with the present time, and answer with the newest that it has of
     *     every member
     * @return those, or nothing
     * @throws IOException if it cannot be reached, or answers something else
     */
    List<SignedNote> exchange(List<SignedNote> notes, boolean fresh) throws IOException, InterruptedException;

    /**
     * The checkpoint after its first block beyond {@code height} that changes the witnesses, final by the witnesses before;
     * empty: there is none.
     */
    Optional<SignedNote> handoverAfter(long height) throws IOException, InterruptedException;

    /**
     * Values of its state after the block at {@code height}, as {@link health.salus.ledger.state.StateValues} encodes them;
     * empty: it has none of that height.
     *
     * @param after key after which they begin, as text; empty: at the first
     */
    default Optional<byte[]> stateValues(long height, String after) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /** Its log; {@code checkpoint} is its newest final one. */
    TileSource log();
}
