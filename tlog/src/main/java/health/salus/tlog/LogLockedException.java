package health.salus.tlog;

import java.nio.file.Path;

/** Somebody else has the log open. Opening may be retried once they have closed it. */
public final class LogLockedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogLockedException(Path directory) {
        super("log in " + directory + " is open elsewhere (lock file: " + directory.resolve(LogLock.FILE)
                + "); stop the node that writes it, or read a snapshot or an export");
    }
}
