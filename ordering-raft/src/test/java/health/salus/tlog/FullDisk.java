package health.salus.tlog;

import java.io.IOException;

/** What the log throws when the disk is full; only its own package can make one. */
public final class FullDisk {
    private FullDisk() {}

    public static LogStorageException nothingDone() {
        return new LogStorageException(
                "append", LogStorageException.Outcome.NOTHING_DONE, new IOException("No space left on device"));
    }
}
