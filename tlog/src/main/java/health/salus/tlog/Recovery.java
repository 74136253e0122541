package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.Frontier;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteCheck;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rebuilds the edge of a log from its published tiles and its journals, and compares the two with each other. */
final class Recovery {
    private static final int SECTOR = 512;

    /** Takes a tile that a crash kept from the disk. */
    @FunctionalInterface
    interface Restoring {
        void restore(TilePath path, byte[] content) throws IOException;
    }

    private final Path directory;
    private final String origin;
    private final Restoring restoring;
    private final TileSource files;
    private RightEdge published = RightEdge.EMPTY;
    private RightEdge sealed = RightEdge.EMPTY;
    private RightEdge edge = RightEdge.EMPTY;
    private Frontier frontier = new Frontier();
    private long journalEnd;
    private long journalLength;

    Recovery(Path directory, String origin, Restoring restoring) {
        this.directory = directory;
        this.origin = origin;
        this.restoring = restoring;
        this.files = TileSource.directory(directory);
    }

    /**
     * Reads everything that is not published.
     *
     * @param starts where the journals begin, ascending
     */
    void run(List<Long> starts) throws IOException {
        for (long start : starts) {
            try (JournalReader journal =
                    new JournalReader(directory.resolve(Journal.name(start)), Journal.name(start), origin)) {
                if (journal.header().size() != start) {
                    throw new CorruptLogException(
                            Journal.name(start),
                            "begins at size " + journal.header().size());
                }
                if (start == starts.getFirst()) {
                    beginAt(journal.header().frontier());
                } else if (!Arrays.equals(journal.header().frontier().encoded(), frontier.encoded())
                        || start != frontier.size()) {
                    throw new CorruptLogException(
                            Journal.name(start),
                            "does not continue the journal before it, which ends at size " + frontier.size());
                }
                sealed = edge;
                replay(journal, start);
                boolean last = start == starts.getLast();
                if (!last && journal.position() != journal.length()) {
                    throw new CorruptLogException(Journal.name(start), "ends in an unfinished frame");
                }
                journalEnd = journal.position();
                journalLength = journal.length();
            }
        }
    }

    private void beginAt(Frontier start) throws IOException {
        frontier = start;
        edge = start.size() == 0 ? RightEdge.EMPTY : new EdgeReader(files, start.head()).read();
        published = edge;
    }

    private void replay(JournalReader journal, long start) throws IOException {
        for (JournalReader.Frame frame = journal.next(); frame != null; frame = journal.next()) {
            long first = frame.header().first();
            if (first != edge.size()) {
                throw new CorruptLogException(Journal.name(start), first, "a frame does not follow the one before it");
            }
            Growth growth = new Growth(edge, frontier);
            int at = frame.start();
            for (int i = 0; i < frame.header().count(); i++) {
                int room = frame.end() - at - Short.BYTES;
                int length = room > 0 ? EntryBundle.lengthAt(frame.bytes(), at) : 1;
                if (length < 1 || length > room) {
                    throw new CorruptLogException(Journal.name(start), first + i, "an entry exceeds its frame");
                }
                growth.add(frame.bytes(), at + Short.BYTES, length);
                at += Short.BYTES + length;
            }
            RightEdge grown = growth.edge();
            Sha256 root = frame.root();
            if (at != frame.end() || !grown.head().root().equals(root)) {
                throw new CorruptLogException(
                        Journal.name(start),
                        first,
                        "the entries from " + first + " to " + (grown.size() - 1)
                                + " do not give the root that was written with them");
            }
            for (Growth.FullTile tile : growth.completed()) {
                restore(tile);
            }
            edge = grown;
            frontier = growth.frontier();
        }
    }

    /** Restores a tile that a crash kept from the disk. One that is there and whole, but another, was altered. */
    private void restore(Growth.FullTile tile) throws IOException {
        Optional<byte[]> found = files.read(tile.path().toString());
        if (found.isPresent() && Arrays.equals(found.get(), tile.content())) {
            return;
        }
        if (found.isPresent() && found.get().length == tile.content().length && !hasUnwrittenSector(found.get())) {
            throw new CorruptLogException(tile.path().toString(), "is not what the journal says was written");
        }
        restoring.restore(tile.path(), tile.content());
    }

    private static boolean hasUnwrittenSector(byte[] bytes) {
        for (int start = 0; start < bytes.length; start += SECTOR) {
            boolean zero = true;
            for (int i = start; i < Math.min(bytes.length, start + SECTOR); i++) {
                zero &= bytes[i] == 0;
            }
            if (zero) {
                return true;
            }
        }
        return false;
    }

    /**
     * Compares the published checkpoint with the tree, and answers it; empty where nothing was ever published.
     *
     * @param key without one whoever signed it is not looked at
     * @throws CorruptLogException if it is missing or says otherwise
     */
    Optional<SignedNote> checkCheckpoint(Optional<SignatureVerifier> key, TiledTree tree) throws IOException {
        Optional<byte[]> found = files.read("checkpoint");
        if (found.isEmpty()) {
            if (published.size() > 0) {
                throw new CorruptLogException("checkpoint", "the file is missing");
            }
            return Optional.empty();
        }
        Checkpoint checkpoint =
                key.isPresent() ? verified(found.get(), key.get(), origin) : stated(found.get(), origin);
        if (checkpoint.size() < published.size() || checkpoint.size() > edge.size()) {
            throw new CorruptLogException(
                    "checkpoint",
                    "covers " + checkpoint.size() + " entries (expected: " + published.size() + " to " + edge.size()
                            + ", which the log holds)");
        }
        TreeHead then = tree.head(edge, checkpoint.size());
        if (!then.root().equals(checkpoint.root())) {
            throw new CorruptLogException("checkpoint", "has another root than the log at size " + checkpoint.size());
        }
        return Optional.of(SignedNote.parse(found.get()));
    }

    /** The checkpoint in a note that {@code key} signed for {@code origin}. @throws CorruptLogException if it is none */
    static Checkpoint verified(byte[] note, SignatureVerifier key, String origin) {
        try {
            SignedNote signed = SignedNote.parse(note);
            if (signed.verify(List.of(key)) instanceof NoteCheck.Refused(String reason)) {
                throw new CorruptLogException("checkpoint", reason + " (expected key: " + key.vkey() + ")");
            }
            return stated(signed, origin);
        } catch (NoteException e) {
            throw malformed(e);
        }
    }

    private static Checkpoint stated(byte[] note, String origin) {
        try {
            return stated(SignedNote.parse(note), origin);
        } catch (NoteException e) {
            throw malformed(e);
        }
    }

    private static Checkpoint stated(SignedNote note, String origin) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (!checkpoint.origin().equals(origin)) {
            throw new CorruptLogException("checkpoint", "is of another log than " + origin);
        }
        return checkpoint;
    }

    private static CorruptLogException malformed(NoteException e) {
        return new CorruptLogException("checkpoint", "is malformed: " + e.getMessage());
    }

    /** What the tiles on disk stand for alone. */
    RightEdge published() {
        return published;
    }

    /** The edge at the beginning of the last journal. */
    RightEdge sealed() {
        return sealed;
    }

    /** The edge after the last whole frame. */
    RightEdge edge() {
        return edge;
    }

    Frontier frontier() {
        return frontier;
    }

    /** Where the last whole frame of the last journal ends. */
    long journalEnd() {
        return journalEnd;
    }

    /** Length of the last journal, beyond {@link #journalEnd} where a frame is unfinished. */
    long journalLength() {
        return journalLength;
    }
}
