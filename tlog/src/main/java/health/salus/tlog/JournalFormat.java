package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.Frontier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Layout of a journal file, integers big-endian:
 *
 * <pre>
 * header: "salus journal 1\n" | size of the tree before it u64 | SHA-256 of the origin 32
 *         | hashes of its frontier, 32 each | SHA-256 of the header so far 32
 * frame:  "FRM1" | bytes of entries u32 | index of the first u64 | number of entries u32
 *         | first 12 bytes of SHA-256 of the frame so far
 *         | entries, each u16 length and content | root of the tree after them 32
 * </pre>
 *
 * One append writes one frame. The root at its end covers all entries of the log up to there, so a frame needs no other
 * checksum.
 */
final class JournalFormat {
    static final int FRAME_HEADER_BYTES = 32;

    private static final byte[] MAGIC = "salus journal 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_MAGIC = 0x46524d31;
    private static final int FRAME_FIELDS_BYTES = 20;

    private JournalFormat() {}

    /** What a header says. */
    record Header(long size, Frontier frontier, int bytes) {}

    /** What the header of a frame says; {@code first} is the index of its first entry. */
    record FrameHeader(int payloadBytes, long first, int count) {
        long frameBytes() {
            return (long) FRAME_HEADER_BYTES + payloadBytes + Sha256.BYTES;
        }
    }

    static byte[] header(String origin, Frontier frontier) {
        byte[] hashes = frontier.encoded();
        byte[] header = ByteBuffer.allocate(headerBytes(hashes.length))
                .put(MAGIC)
                .putLong(frontier.size())
                .put(originHash(origin))
                .put(hashes)
                .array();
        int covered = header.length - Sha256.BYTES;
        Sha256.of(Arrays.copyOf(header, covered)).copyTo(header, covered);
        return header;
    }

    /** Reads the header at the beginning of {@code bytes}. @throws CorruptLogException if it is not one of {@code origin} */
    static Header parseHeader(byte[] bytes, String origin, String file) {
        if (bytes.length < headerBytes(0) || !startsWith(bytes, MAGIC)) {
            throw new CorruptLogException(file, "is not a journal");
        }
        long size = ByteBuffer.wrap(bytes).getLong(MAGIC.length);
        int length = headerBytes(Long.bitCount(size) * Sha256.BYTES);
        if (size < 0 || bytes.length < length) {
            throw new CorruptLogException(file, "the header is cut off");
        }
        int covered = length - Sha256.BYTES;
        byte[] checksum = Arrays.copyOfRange(bytes, covered, length);
        if (!Arrays.equals(Sha256.of(Arrays.copyOf(bytes, covered)).bytes(), checksum)) {
            throw new CorruptLogException(file, "the header does not have its checksum");
        }
        int originAt = MAGIC.length + Long.BYTES;
        if (!Arrays.equals(Arrays.copyOfRange(bytes, originAt, originAt + Sha256.BYTES), originHash(origin))) {
            throw new CorruptLogException(file, "belongs to a log of another origin than " + origin);
        }
        byte[] hashes = Arrays.copyOfRange(bytes, originAt + Sha256.BYTES, covered);
        return new Header(size, Frontier.of(size, hashes), length);
    }

    /** Longest header there can be. */
    static int maxHeaderBytes() {
        return headerBytes(Long.SIZE * Sha256.BYTES);
    }

    private static int headerBytes(int hashes) {
        return MAGIC.length + Long.BYTES + Sha256.BYTES + hashes + Sha256.BYTES;
    }

    /** Writes a frame's header to the beginning of {@code frame}. */
    static void putFrameHeader(byte[] frame, FrameHeader header) {
        ByteBuffer.wrap(frame)
                .putInt(FRAME_MAGIC)
                .putInt(header.payloadBytes())
                .putLong(header.first())
                .putInt(header.count());
        System.arraycopy(frameChecksum(frame), 0, frame, FRAME_FIELDS_BYTES, FRAME_HEADER_BYTES - FRAME_FIELDS_BYTES);
    }

    /** Reads the {@value #FRAME_HEADER_BYTES} bytes of a frame's header; null if they are none. */
    static @Nullable FrameHeader parseFrameHeader(byte[] bytes) {
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        boolean right = fields.getInt() == FRAME_MAGIC
                && Arrays.equals(
                        frameChecksum(bytes),
                        0,
                        FRAME_HEADER_BYTES - FRAME_FIELDS_BYTES,
                        bytes,
                        FRAME_FIELDS_BYTES,
                        FRAME_HEADER_BYTES);
        return right ? new FrameHeader(fields.getInt(), fields.getLong(), fields.getInt()) : null;
    }

    private static byte[] frameChecksum(byte[] frame) {
        return Sha256.of(Arrays.copyOf(frame, FRAME_FIELDS_BYTES)).bytes();
    }

    private static byte[] originHash(String origin) {
        return Sha256.of(origin.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
