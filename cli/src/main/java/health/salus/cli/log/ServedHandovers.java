package health.salus.cli.log;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.verify.FinalityProof;
import health.salus.tlog.LogReader;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a node for the handovers up to its checkpoint, one after the other ({@code handovers?after=<height>}). */
final class ServedHandovers {
    private ServedHandovers() {}

    /**
     * The log's checkpoint with all handovers before it.
     *
     * @return empty: the log is no ledger's
     */
    static Optional<FinalityProof> of(TileSource node, LogReader log) throws IOException {
        if (log.head().size() < 2 || Entry.headerAt(log, log.head().size()).isEmpty()) {
            return Optional.empty();
        }
        TreeMap<Long, SignedNote> handovers = new TreeMap<>();
        for (Optional<SignedNote> next = after(node, -1); next.isPresent(); next = after(node, handovers.lastKey())) {
            SignedNote note = next.get();
            long height = Entry.headerAt(log, Checkpoint.parse(note.text()).size())
                    .map(BlockHeader::height)
                    .orElse(-1L);
            if (height < 0 || handovers.containsKey(height)) {
                break; // later than the checkpoint
            }
            handovers.put(height, note);
        }
        return Optional.of(new FinalityProof(log.checkpoint(), handovers));
    }

    /** What is no note is no handover: a web server may answer anything with a page. */
    private static Optional<SignedNote> after(TileSource node, long height) throws IOException {
        try {
            Optional<SignedNote> note = node.read("handovers?after=" + height).map(SignedNote::parse);
            note.ifPresent(found -> Checkpoint.parse(found.text()));
            return note;
        } catch (NoteException e) {
            return Optional.empty();
        }
    }
}
