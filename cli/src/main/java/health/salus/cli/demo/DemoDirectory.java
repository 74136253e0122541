package health.salus.cli.demo;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where one run of the demo keeps everything; empty at first. Locked until it is closed. */
final class DemoDirectory implements AutoCloseable {
    /** A file that says that the directory is the demo's, and so may be emptied. */
    private static final String MARKER = "salus-demo.lock";

    private final Path path;
    private final FileChannel lock;

    private DemoDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory, or empties that of an earlier run.
     *
     * @throws CommandException if something else is there, or another demo is running in it
     */
    static DemoDirectory fresh(Path path) throws IOException {
        Path marker = path.resolve(MARKER);
        if (Files.exists(path) && !Files.exists(marker) && !isEmpty(path)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    path + " holds something else than an earlier demo; it stays as it is (choose another with"
                            + " --directory)");
        }
        Files.createDirectories(path);
        FileChannel channel = FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new CommandException(
                    ExitCode.UNAVAILABLE,
                    "a demo is running in " + path + "; end it with Ctrl-C, or choose another with --directory");
        }
        DemoDirectory directory = new DemoDirectory(path.toAbsolutePath().normalize(), channel);
        directory.empty();
        return directory;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // by this process
            return null;
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    private void empty() throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.walk(path)) {
            old = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : old) {
            if (!file.equals(path) && !file.equals(path.resolve(MARKER))) {
                Files.delete(file);
            }
        }
    }

    /** Absolute path of a file in it. */
    Path file(String name) {
        return path.resolve(name);
    }

    /** Absolute path. */
    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
