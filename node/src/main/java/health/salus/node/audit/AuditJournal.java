package health.salus.node.audit;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Append-only file of audit records. Each frame is: length (4, big-endian), CRC-32C of the length (4), CRC-32C of the
 * content (4), content.
 *
 * <p>Frames go into space that was prepared before: zeros on disk, so that a forced write has no metadata to write. What a
 * crash cut short behind the last whole frame (less than a frame, zeros, or a write of which some blocks never came) was
 * never acknowledged and is cut off when the journal is opened. Anything else that doesn't match its checksums was
 * altered: that is an exception, never repaired silently. (Checksums find accidents; deliberate change is found by the
 * commitment in the record log.)
 *
 * <p>One thread at a time appends; any number read. None can be interrupted in it, which would close the file.
 */
final class AuditJournal implements AutoCloseable {
    /** Longest record in bytes. */
    static final int MAX_RECORD_BYTES = 16 << 20;

    private static final int HEADER_BYTES = 12;

    private static final byte[] ZEROS = new byte[256 << 10];
    /** Disks write whole blocks of this many bytes, or more. */
    private static final int BLOCK = 512;

    private final Path file;
    private final RandomAccessFile forced;
    private final RandomAccessFile readable; // also the lock of its position
    private long end;
    private long prepared;

    private AuditJournal(Path file) throws IOException {
        this.file = file;
        this.forced = new RandomAccessFile(file.toFile(), "rwd"); // every write returns when it is on disk
        this.readable = new RandomAccessFile(file.toFile(), "r");
    }

    /** Receives what {@link #open} finds, in order. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param position where the record's frame begins
         * @param next where the one after it does
         */
        void visit(long position, long next, AuditRecord record);
    }

    /**
     * Opens or creates {@code file} and shows the records in it to {@code visitor}.
     *
     * @param from position of the first record to show, an earlier one's end; 0 for all
     */
    static AuditJournal open(Path file, long from, Visitor visitor) {
        try {
            AuditJournal journal = new AuditJournal(file);
            journal.end = from;
            journal.recover(visitor);
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("audit journal can't be opened: " + file, e);
        }
    }

    /**
     * Writes {@code records} and waits until they are on disk.
     *
     * @return position of each, and of what will follow
     */
    long[] append(List<AuditRecord> records) throws IOException {
        byte[][] contents = new byte[records.size()][];
        long[] positions = new long[contents.length + 1];
        int total = 0;
        for (int i = 0; i < contents.length; i++) {
            contents[i] = records.get(i).encoded();
            if (contents[i].length > MAX_RECORD_BYTES) {
                throw new IOException(
                        "audit record of " + contents[i].length + " bytes (at most " + MAX_RECORD_BYTES + ")");
            }
            positions[i] = end + total;
            total += HEADER_BYTES + contents[i].length;
        }
        positions[contents.length] = end + total;
        ByteBuffer frames = ByteBuffer.allocate(total);
        for (byte[] content : contents) {
            frames.putInt(content.length)
                    .putInt(checksum(content.length))
                    .putInt(checksum(content))
                    .put(content);
        }
        prepare(end + total);
        forced.seek(end);
        forced.write(frames.array());
        end += total;
        return positions;
    }

    private void prepare(long needed) throws IOException {
        while (prepared < needed) {
            forced.seek(prepared);
            forced.write(ZEROS);
            prepared += ZEROS.length;
        }
    }

    /** The record whose frame begins at {@code position}. @throws CorruptAuditJournalException if it was altered */
    AuditRecord read(long position) {
        try {
            byte[] content = content(position, readable.length());
            if (content == null) {
                throw corrupt(position);
            }
            return AuditRecord.decode(content);
        } catch (IOException e) {
            throw new UncheckedIOException("audit journal can't be read: " + file, e);
        }
    }

    /** Closes the file, without the space that was prepared. */
    @Override
    public void close() throws IOException {
        try (readable;
                forced) {
            forced.setLength(end);
        }
    }

    private void recover(Visitor visitor) throws IOException {
        long size = forced.length();
        if (size < end) {
            throw corrupt(size);
        }
        for (byte[] content = content(end, size); content != null; content = content(end, size)) {
            long next = end + HEADER_BYTES + content.length;
            visitor.visit(end, next, AuditRecord.decode(content));
            end = next;
        }
        if (end < size && !isCutShort(size)) {
            throw corrupt(end);
        }
        if (end < size) {
            forced.setLength(end);
            forced.getChannel().force(true);
        }
        prepared = end;
    }

    /** The content of the frame at {@code position} in a file of {@code size} bytes; null where there is no whole frame. */
    private byte @Nullable [] content(long position, long size) throws IOException {
        int length = length(position, size);
        if (length < 0 || length > size - position - HEADER_BYTES) {
            return null;
        }
        byte[] content = readFully(position + HEADER_BYTES, length).array();
        return checksum(content) == readFully(position, HEADER_BYTES).getInt(2 * Integer.BYTES) ? content : null;
    }

    /** What the header at {@code position} says of its content's length; -1 where there is no whole header. */
    private int length(long position, long size) throws IOException {
        if (size - position < HEADER_BYTES) {
            return -1;
        }
        ByteBuffer header = readFully(position, HEADER_BYTES);
        int length = header.getInt();
        return header.getInt() == checksum(length) && length <= MAX_RECORD_BYTES ? length : -1;
    }

    /** Whether no whole frame follows for the reason that a write ended early, as opposed to bytes that were altered. */
    private boolean isCutShort(long size) throws IOException {
        if (size - end < HEADER_BYTES) {
            return true;
        }
        int length = length(end, size);
        long frameEnd = length < 0 ? end : end + HEADER_BYTES + length;
        return frameEnd > size || lacksBlock(Math.max(frameEnd, lastByte(size)));
    }

    /** Behind the last byte that isn't zero; {@link #end} if all that follows are zeros. */
    private long lastByte(long size) throws IOException {
        long last = end;
        for (long position = end; position < size; position += ZEROS.length) {
            byte[] part = readFully(position, (int) Math.min(ZEROS.length, size - position))
                    .array();
            for (int i = part.length - 1; i >= 0; i--) {
                if (part[i] != 0) {
                    last = position + i + 1;
                    break;
                }
            }
        }
        return last;
    }

    /** Whether a block of what was written up to {@code to} is missing, or nothing was; a frame has up to three zeros. */
    private boolean lacksBlock(long to) throws IOException {
        for (long block = end; block < to; block = (block / BLOCK + 1) * BLOCK) {
            int length = (int) (Math.min(to, (block / BLOCK + 1) * BLOCK) - block);
            if (length > 3 && Arrays.equals(readFully(block, length).array(), 0, length, ZEROS, 0, length)) {
                return true;
            }
        }
        return to == end;
    }

    private ByteBuffer readFully(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        synchronized (readable) {
            readable.seek(position);
            try {
                readable.readFully(bytes);
            } catch (EOFException e) {
                throw corrupt(position);
            }
        }
        return ByteBuffer.wrap(bytes);
    }

    private CorruptAuditJournalException corrupt(long position) {
        return new CorruptAuditJournalException("audit journal was altered at byte " + position + " of " + file
                + "; restore it from a backup, then start again");
    }

    private static int checksum(int length) {
        return checksum(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
