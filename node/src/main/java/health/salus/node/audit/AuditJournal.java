package health.salus.node.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Append-only file of audit records. Each frame is: length (4, big-endian), CRC-32C of the length (4), CRC-32C of the
 * content (4), content.
 *
 * <p>What a crash cut short at the end of the file (a whole header without all its content, less than a header, or
 * zeros) was never acknowledged and is cut off when the journal is opened. Anything else that doesn't match its
 * checksums was altered: that is an exception, never repaired silently. (Checksums find accidents; deliberate change is
 * found by the commitment in the record log.)
 *
 * <p>One thread appends; any number read.
 */
final class AuditJournal implements AutoCloseable {
    /** Longest record in bytes. */
    static final int MAX_RECORD_BYTES = 16 << 20;

    private static final int HEADER_BYTES = 12;

    private final Path file;
    private final FileChannel channel;
    private long end;

    private AuditJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
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
            AuditJournal journal = new AuditJournal(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
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
        write(frames.flip());
        channel.force(false);
        end += total;
        return positions;
    }

    /** The record whose frame begins at {@code position}. @throws CorruptAuditJournalException if it was altered */
    AuditRecord read(long position) {
        try {
            ByteBuffer header = readFully(position, HEADER_BYTES);
            int length = length(position, header);
            byte[] content = readFully(position + HEADER_BYTES, length).array();
            if (checksum(content) != header.getInt()) {
                throw corrupt(position);
            }
            return AuditRecord.decode(content);
        } catch (IOException e) {
            throw new UncheckedIOException("audit journal can't be read: " + file, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void recover(Visitor visitor) throws IOException {
        long size = channel.size();
        if (size < end) {
            throw corrupt(size);
        }
        while (size - end >= HEADER_BYTES && !restIsZero(size)) {
            int length = length(end, readFully(end, HEADER_BYTES));
            if (size - end - HEADER_BYTES < length) {
                break;
            }
            long next = end + HEADER_BYTES + length;
            visitor.visit(end, next, read(end));
            end = next;
        }
        if (end < size) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    /** Whether zeros are all that follows, as where a file had grown before its content came. */
    private boolean restIsZero(long size) throws IOException {
        if (readFully(end, HEADER_BYTES).getLong() != 0) {
            return false;
        }
        for (long position = end; position < size; position += 1 << 16) {
            byte[] part = readFully(position, (int) Math.min(1 << 16, size - position))
                    .array();
            for (byte b : part) {
                if (b != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private int length(long position, ByteBuffer header) {
        int length = header.getInt();
        if (header.getInt() != checksum(length) || length < 0 || length > MAX_RECORD_BYTES) {
            throw corrupt(position);
        }
        return length;
    }

    private void write(ByteBuffer frames) throws IOException {
        long position = end;
        while (frames.hasRemaining()) {
            position += channel.write(frames, position);
        }
    }

    private ByteBuffer readFully(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw corrupt(position);
            }
        }
        return buffer.flip();
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
