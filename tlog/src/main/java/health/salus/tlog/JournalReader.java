package health.salus.tlog;

import health.salus.foundation.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal from its beginning. Tells a frame that was never finished, which nobody was promised, from one that was
 * altered: an unfinished one ends with the file, or in zeroes that the file system has put where nothing was written.
 */
final class JournalReader implements Closeable {
    /** A whole frame; its entries lie in {@code bytes} from {@code start} to {@code end}, the root after them. */
    static final class Frame {
        private final JournalFormat.FrameHeader header;
        private final byte[] bytes;

        private Frame(JournalFormat.FrameHeader header, byte[] bytes) {
            this.header = header;
            this.bytes = bytes;
        }

        JournalFormat.FrameHeader header() {
            return header;
        }

        byte[] bytes() {
            return bytes;
        }

        int start() {
            return JournalFormat.FRAME_HEADER_BYTES;
        }

        int end() {
            return bytes.length - Sha256.BYTES;
        }

        Sha256 root() {
            return Sha256.ofBytes(Arrays.copyOfRange(bytes, end(), bytes.length));
        }
    }

    private final String name;
    private final RandomAccessFile file;
    private final JournalFormat.Header header;
    private final long length;
    private long position;

    JournalReader(Path journal, String name, String origin) throws IOException {
        this.name = name;
        this.file = new RandomAccessFile(journal.toFile(), "r");
        try {
            this.length = file.length();
            byte[] start = read((int) Math.min(length, JournalFormat.maxHeaderBytes()));
            this.header = JournalFormat.parseHeader(start, origin, name);
            this.position = header.bytes();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    JournalFormat.Header header() {
        return header;
    }

    /** Where the frames that were read end. */
    long position() {
        return position;
    }

    /** Length of the file. */
    long length() {
        return length;
    }

    /** The next frame; null at the end, or where an unfinished one begins. @throws CorruptLogException if it was altered */
    @Nullable
    Frame next() throws IOException {
        file.seek(position);
        if (length - position < JournalFormat.FRAME_HEADER_BYTES) {
            return null; // the file ends, perhaps inside a header
        }
        byte[] start = read(JournalFormat.FRAME_HEADER_BYTES);
        JournalFormat.FrameHeader frame = JournalFormat.parseFrameHeader(start);
        if (frame == null) {
            if (zeroesFrom(position + JournalFormat.FRAME_HEADER_BYTES - Integer.BYTES)) {
                return null; // the header's end and everything after it were never written
            }
            throw new CorruptLogException(name, "the frame at byte " + position + " does not have its checksum");
        }
        if (length - position < frame.frameBytes()) {
            return null; // the file ends inside the frame
        }
        byte[] bytes = Arrays.copyOf(start, Math.toIntExact(frame.frameBytes()));
        file.readFully(bytes, start.length, bytes.length - start.length);
        if (length - position == frame.frameBytes() && endsInZeroes(bytes)) {
            return null; // the frame's root was never written
        }
        position += frame.frameBytes();
        return new Frame(frame, bytes);
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        file.readFully(bytes);
        return bytes;
    }

    private static boolean endsInZeroes(byte[] frame) {
        for (int i = frame.length - Sha256.BYTES; i < frame.length; i++) {
            if (frame[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean zeroesFrom(long start) throws IOException {
        file.seek(start);
        byte[] chunk = new byte[64 * 1024];
        for (int count = file.read(chunk); count > 0; count = file.read(chunk)) {
            for (int i = 0; i < count; i++) {
                if (chunk[i] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
