package health.salus.ledger.state;

/** The stored state is not what was written. A retry cannot help; the log can rebuild it. */
public final class StateDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what what is wrong with which part, without any value; the message adds the next step */
    public StateDamagedException(String what) {
        super(advise(what));
    }

    /** @param what what is wrong with which part, without any value; the message adds the next step */
    public StateDamagedException(String what, Throwable cause) {
        super(advise(what), cause);
    }

    private static String advise(String what) {
        return "world state damaged: " + what
                + "; the log can rebuild it: stop the node, delete the directory 'state' and start again";
    }
}
