package health.salus.identity;

import org.jspecify.annotations.Nullable;

/** A key store that cannot be used. The message names the file and no key. */
public final class KeyStoreFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    KeyStoreFileException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What is the matter. */
    public Reason reason() {
        return reason;
    }

    /** What can be the matter. */
    public enum Reason {
        /** There is no such file. */
        MISSING,
        /** There is one already. */
        EXISTS,
        /** The password does not open it; content altered under an intact structure looks the same. */
        WRONG_PASSWORD,
        /** It is not PKCS #12, or holds an entry that is none of ours. */
        DAMAGED,
        /** The file system failed; a retry may help. */
        STORAGE
    }
}
