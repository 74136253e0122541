package health.salus.tlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which a log changes the disk. Each call is one numbered step of the write path: a test replaces the disk,
 * stops at step n, and opens what is left.
 */
interface Disk {
    /** Makes a directory and its parents where they are missing; not durable before {@link #forceDirectory}. */
    void createDirectories(Path directory) throws IOException;

    /** Creates or replaces a file; not durable before {@link #forceFile}, and not atomic. */
    void write(Path file, byte[] content) throws IOException;

    /** Makes the content of a file durable. */
    void forceFile(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Gives a file the name of another, which is replaced atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file, or an empty directory; nothing happens where there is none. */
    void delete(Path file) throws IOException;

    /** Opens an existing file for writing at its end, which is {@code length}. */
    Appender appender(Path file, long length) throws IOException;

    /** Takes the exclusive lock on a file, for this process and against others; null where somebody has it. */
    @Nullable
    Closeable lock(Path file) throws IOException;

    /** A file that only grows. */
    interface Appender extends Closeable {
        /** Writes {@code length} bytes of {@code bytes} at the end; not durable before {@link #force}. */
        void write(byte[] bytes, int length) throws IOException;

        /** Makes everything written durable: the commit point of the log. */
        void force() throws IOException;

        /** Cuts the file. */
        void truncate(long length) throws IOException;
    }
}
