package health.salus.ordering.raft.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory that can be filled up. */
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK = 1 << 20;

    private final Path directory;
    private final Thread hook = Thread.ofPlatform().unstarted(this::unmount);

    private SmallDisk(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether this process may mount one; if it may, it is there. */
    static boolean mounts(Path directory) {
        return Shell.succeeds("mount", "-t", "tmpfs", "-o", "size=256m", "salus-test", directory.toString());
    }

    /** The one that was mounted. */
    static SmallDisk at(Path directory) {
        return new SmallDisk(directory);
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    /** Leaves room for a few blocks. */
    void fill() {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (Files.getFileStore(directory).getUsableSpace() > CHUNK + CHUNK / 4) {
                out.write(chunk);
            }
            out.write(chunk, 0, CHUNK * 3 / 4);
        } catch (IOException e) { // another one was faster
            if (!Files.exists(ballast())) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unmount() {
        Shell.succeeds("umount", "-l", directory.toString());
    }

    @Override
    public void close() {
        unmount();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
