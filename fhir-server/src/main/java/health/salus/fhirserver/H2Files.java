package health.salus.fhirserver;

import java.nio.file.Path;
import org.h2.store.fs.FilePath;

/**
 * Where an H2 database lies and how it treats its files.
 *
 * <p>Left to itself H2 acknowledges a commit up to half a second before it writes it, never asks the operating system
 * to put it on the disk, and closes its file when the thread that writes is interrupted. Here a commit is on the disk
 * when it returns, and an interrupt harms nothing.
 */
public final class H2Files {
    private H2Files() {}

    /**
     * JDBC URL of the database in {@code file.mv.db}. It closes with its last connection rather than in a shutdown
     * hook, which would run beside the node's own.
     */
    public static String jdbcUrl(Path file) {
        FilePath.register(new ForcedFilePath());
        return "jdbc:h2:" + ForcedFilePath.SCHEME + ":async:" + file.toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }
}
