package health.salus.ordering.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.util.MD5FileUtil;

/**
 * Which height the batches up to an entry of the Raft log have led to. It is all there is to a snapshot: the blocks
 * themselves are the ledger's.
 *
 * @param term term of the entry
 * @param index index of the entry
 * @param height height of the last batch up to it
 */
record Marker(long term, long index, long height) {
    private static final Pattern TEXT = Pattern.compile("salus raft marker 1\nheight (\\d{1,18})\n");

    /**
     * Writes the height, durably and as a whole, and beside it the digest that Ratis looks for.
     *
     * @throws IOException where that is not possible, as on a full disk: Ratis then tries again later, while any other exception
     *     ends its part in the group
     */
    FileInfo write(Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        byte[] text = ("salus raft marker 1\nheight " + height + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        try {
            return new FileInfo(file, MD5FileUtil.computeAndSaveMd5ForFile(file.toFile()));
        } catch (IllegalStateException e) {
            throw new IOException("digest of " + file.getFileName() + " not written", e);
        }
    }

    /** Reads the height that belongs to the entry. */
    static Marker read(Path file, long term, long index) throws IOException {
        byte[] text;
        try (var in = Files.newInputStream(file)) {
            text = in.readNBytes(100);
        }
        Matcher matcher = TEXT.matcher(new String(text, StandardCharsets.US_ASCII));
        if (!matcher.matches()) {
            throw new IOException("not a raft marker: " + file);
        }
        return new Marker(term, index, Long.parseLong(matcher.group(1)));
    }
}
