package health.salus.tlog.note;

/** Bytes that claim to be a note, a checkpoint or a proof file have another form. Reading them again will not help. */
public final class NoteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param message what was found and expected, without the content */
    public NoteException(String message) {
        super(message);
    }

    /** @param message what was found and expected, without the content */
    public NoteException(String message, Throwable cause) {
        super(message, cause);
    }
}
