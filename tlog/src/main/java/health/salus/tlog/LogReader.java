package health.salus.tlog;

import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;

/**
 * A published log as its checkpoint states it: an exported directory, a web server, a log that is being written elsewhere.
 * It stays at the size at which it was opened. Thread-safe if its source is.
 */
public final class LogReader extends EdgeLog {
    private static final int CACHED_TILES = 256;

    private final SignedNote note;
    private final Checkpoint checkpoint;
    private final RightEdge edge;
    private final LogView view;

    private LogReader(SignedNote note, Checkpoint checkpoint, RightEdge edge, TiledTree tree) {
        this.note = note;
        this.checkpoint = checkpoint;
        this.edge = edge;
        this.view = new LogView(tree);
    }

    /**
     * Reads the checkpoint and the tiles at the edge of its tree.
     *
     * @param origin the log that is expected
     * @param key by which its checkpoint must be signed
     * @throws CorruptLogException if the checkpoint is missing or not signed by the key, or the tiles do not give its root
     * @throws LogStorageException if the source cannot be read
     */
    public static LogReader open(TileSource source, String origin, SignatureVerifier key) {
        try {
            byte[] bytes = source.read("checkpoint")
                    .orElseThrow(() -> new CorruptLogException("checkpoint", "the file is missing"));
            Checkpoint checkpoint = Recovery.verified(bytes, key, origin);
            return open(source, SignedNote.parse(bytes), checkpoint);
        } catch (IOException e) {
            throw new LogStorageException("cannot read the log", LogStorageException.Outcome.NOTHING_DONE, e);
        }
    }

    private static LogReader open(TileSource source, SignedNote note, Checkpoint checkpoint) {
        if (checkpoint.size() == 0 && !checkpoint.root().equals(TreeHead.EMPTY.root())) {
            throw new CorruptLogException("checkpoint", "has a root for an empty log that is none");
        }
        try {
            RightEdge edge =
                    checkpoint.size() == 0 ? RightEdge.EMPTY : new EdgeReader(source, checkpoint.head()).read();
            return new LogReader(note, checkpoint, edge, new TiledTree(source, CACHED_TILES));
        } catch (IOException e) {
            throw new LogStorageException("cannot read the log", LogStorageException.Outcome.NOTHING_DONE, e);
        }
    }

    /**
     * Reads the tiles at the edge of the tree that {@code trusted} states.
     *
     * @param trusted a checkpoint whose signatures the caller has verified
     * @throws CorruptLogException if the tiles do not give its root
     * @throws LogStorageException if the source cannot be read
     */
    public static LogReader open(TileSource source, SignedNote trusted) {
        Checkpoint checkpoint = Checkpoint.parse(trusted.text());
        return open(source, trusted, checkpoint);
    }

    @Override
    public String origin() {
        return checkpoint.origin();
    }

    /** The checkpoint as it was read, with all its signatures. */
    @Override
    public SignedNote checkpoint() {
        return note;
    }

    @Override
    LogView view() {
        return view;
    }

    @Override
    RightEdge edge() {
        return edge;
    }
}
