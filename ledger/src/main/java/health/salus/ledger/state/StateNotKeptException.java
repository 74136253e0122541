package health.salus.ledger.state;

/**
 * The state at this height is not on this node (yet): it began with a snapshot of a later height. Another node has it; so
 * will this one, once it has executed the earlier blocks.
 */
public final class StateNotKeptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long first;

    StateNotKeptException(long height, long first) {
        super("the state at height " + height + " is not on this node, which began with a snapshot of height " + first
                + "; ask another node, or again when this one has executed the blocks before");
        this.first = first;
    }

    /** The first height whose state is here. */
    public long first() {
        return first;
    }
}
