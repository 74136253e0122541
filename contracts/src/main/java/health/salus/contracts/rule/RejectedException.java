package health.salus.contracts.rule;

import health.salus.ledger.contract.Outcome;

/** Ends the work on a call that breaks a rule; contracts turn it into an outcome, it never leaves them. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    RejectedException(Rejection rejection) {
        super(rejection.code(), null, false, false); // a rejection is ordinary: no stack trace
        this.rejection = rejection;
    }

    /** Which rule. */
    public Rejection rejection() {
        return rejection;
    }

    /** The outcome of the call. */
    public Outcome outcome() {
        return Outcome.rejected(rejection.code());
    }
}
