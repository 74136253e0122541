package health.salus.node.requester;

import java.io.IOException;

/** A custodian that did not give what it was asked for. The message names no patient and no record. */
public final class CustodianException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is known. */
    public enum Reason {
        /** There was no complete answer, or one that asks to come back: trying again later is safe. */
        UNAVAILABLE,
        /** It said no. */
        REFUSED,
        /** It answered as no gateway does. */
        STRANGE
    }

    private final Reason reason;

    private CustodianException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    private CustodianException(IOException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.reason = Reason.UNAVAILABLE;
    }

    static CustodianException unavailable(IOException cause) {
        return new CustodianException(cause);
    }

    static CustodianException strange(String what) {
        return new CustodianException(Reason.STRANGE, what);
    }

    /** For an answer that is no success. */
    static CustodianException ofStatus(int status) {
        boolean later = status >= 500 || status == 429;
        boolean no = status >= 400 && !later;
        return new CustodianException(
                later ? Reason.UNAVAILABLE : no ? Reason.REFUSED : Reason.STRANGE, "custodian answered " + status);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
