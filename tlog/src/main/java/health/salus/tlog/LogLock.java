package health.salus.tlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a log's directory, in this process and against others: one writes, or any number of processes read the
 * directory as it lies there.
 *
 * <p>What this process has locked is remembered here and not asked of the file, because closing any channel of a file
 * gives up all locks that the process has on it (POSIX, fcntl).
 */
final class LogLock implements Closeable {
    /** Name of the file in the log's directory. */
    static final String FILE = "lock";

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path name;
    private final FileChannel channel;

    private LogLock(Path name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    /** For writing; creates the file where it is missing. Null where somebody has it. */
    static @Nullable LogLock exclusive(Path file) throws IOException {
        return take(file, false, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** For reading; the file must exist and stays as it is. Null where somebody writes. */
    static @Nullable LogLock shared(Path file) throws IOException {
        return take(file, true, StandardOpenOption.READ);
    }

    private static @Nullable LogLock take(Path file, boolean shared, OpenOption... options) throws IOException {
        Path name = file.resolveSibling(".").toRealPath().resolve(FILE);
        if (!HELD.add(name)) {
            return null;
        }
        LogLock lock = null;
        try {
            FileChannel channel = FileChannel.open(file, options);
            FileLock taken = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (taken == null) {
                channel.close();
            } else {
                lock = new LogLock(name, channel);
            }
            return lock;
        } finally {
            if (lock == null) {
                HELD.remove(name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            HELD.remove(name);
        }
    }
}
