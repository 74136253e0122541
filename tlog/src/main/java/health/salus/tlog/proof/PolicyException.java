package health.salus.tlog.proof;

/** A policy file is malformed; reading it again will not help. */
public final class PolicyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    PolicyException(int line, String found) {
        super("policy line " + line + ": " + found);
    }
}
