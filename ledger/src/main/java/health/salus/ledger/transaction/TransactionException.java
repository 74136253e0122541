package health.salus.ledger.transaction;

import org.jspecify.annotations.Nullable;

/** Bytes that are no transaction. The message never repeats content. A retry cannot help. */
public final class TransactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    TransactionException(Refusal refusal, @Nullable String message) {
        super(message);
        this.refusal = refusal;
    }

    /** Which rule was broken. */
    public Refusal refusal() {
        return refusal;
    }
}
