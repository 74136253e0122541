package health.salus.tlog;

import java.nio.file.Path;

/** Somebody else has the log open for writing. Opening may be retried once they have closed it. */
public final class LogLockedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogLockedException(Path directory) {
        super("log in " + directory + " is open for writing elsewhere (lock file: " + directory.resolve("lock") + ")");
    }
}
