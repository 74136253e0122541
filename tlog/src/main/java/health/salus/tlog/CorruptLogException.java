package health.salus.tlog;

import java.util.OptionalLong;

/**
 * Stored bytes of a log are not those that were written. Nothing of them was served; a retry reads the same. The remedy is
 * to restore the named file from a copy.
 */
public final class CorruptLogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long index;

    CorruptLogException(String file, String found) {
        this(file, -1, found);
    }

    CorruptLogException(String file, long index, String found) {
        super("log file " + file + (index < 0 ? "" : ", entry " + index) + ": " + found
                + "; restore the file from a copy, then verify the log");
        this.file = file;
        this.index = index;
    }

    /** The damaged file, relative to the log's directory where it lies in it. */
    public String file() {
        return file;
    }

    /** The first damaged entry, where one can be told. */
    public OptionalLong index() {
        return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
    }
}
