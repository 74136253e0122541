package health.salus.tlog.witness;

import health.salus.foundation.Sha256;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A note in a file that holds it and the one before, in two places that are written by turns: replacing the note takes one
 * forced write, and one that is torn leaves the note before. Places lie at 0 and at {@value #PLACE_BYTES} bytes; in each are
 * the SHA-256 of the rest, how many notes there were before (8 bytes, big-endian), the note's length (4 bytes) and the note.
 * Not thread-safe.
 */
final class LastNote implements Closeable {
    private static final int PLACE_BYTES = 64 << 10;
    private static final int HEADER_BYTES = Sha256.BYTES + Long.BYTES + Integer.BYTES;

    private final RandomAccessFile file;
    private Entry newest;

    /** @param before how many notes there were */
    private record Entry(long before, SignedNote note) {
        byte[] encode() throws IOException {
            byte[] text = note.encode().getBytes(StandardCharsets.UTF_8);
            if (text.length > PLACE_BYTES - HEADER_BYTES) {
                throw new IOException("note of " + text.length + " bytes (expected: at most "
                        + (PLACE_BYTES - HEADER_BYTES) + " for a witness to remember)");
            }
            byte[] content = ByteBuffer.allocate(HEADER_BYTES - Sha256.BYTES + text.length)
                    .putLong(before)
                    .putInt(text.length)
                    .put(text)
                    .array();
            return ByteBuffer.allocate(HEADER_BYTES + text.length)
                    .put(Sha256.of(content).bytes())
                    .put(content)
                    .array();
        }
    }

    private LastNote(RandomAccessFile file, Entry newest) {
        this.file = file;
        this.newest = newest;
    }

    /** What a file with one note holds. */
    static byte[] first(SignedNote note) throws IOException {
        return new Entry(0, note).encode();
    }

    /** Opens a file that exists. @throws IOException also if neither note is whole */
    static LastNote open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rwd"); // each write is forced
        try {
            Entry newest = Stream.of(read(file, 0), read(file, 1))
                    .flatMap(Optional::stream)
                    .max(Comparator.comparingLong(Entry::before))
                    .orElseThrow(() -> new IOException("damaged: " + path));
            LastNote last = new LastNote(file, newest);
            last.write(newest); // it can be in the system's memory alone, if forcing it failed
            return last;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Optional<Entry> read(RandomAccessFile file, int place) throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        try {
            file.seek((long) place * PLACE_BYTES);
            file.readFully(header);
            ByteBuffer fields = ByteBuffer.wrap(header).position(Sha256.BYTES);
            Entry found = new Entry(fields.getLong(), note(file, fields.getInt()));
            return Arrays.equals(found.encode(), 0, HEADER_BYTES, header, 0, HEADER_BYTES)
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (EOFException | NoteException e) {
            return Optional.empty();
        }
    }

    private static SignedNote note(RandomAccessFile file, int length) throws IOException {
        if (length < 0 || length > PLACE_BYTES - HEADER_BYTES) {
            throw new NoteException("note of " + length + " bytes");
        }
        byte[] text = new byte[length];
        file.readFully(text);
        return SignedNote.parse(text);
    }

    SignedNote note() {
        return newest.note();
    }

    /** Durable when this returns; where it fails, the next note goes to the same place. */
    void replace(SignedNote note) throws IOException {
        Entry next = new Entry(newest.before() + 1, note);
        write(next);
        newest = next;
    }

    private void write(Entry entry) throws IOException {
        file.seek(entry.before() % 2 * PLACE_BYTES);
        file.write(entry.encode());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
