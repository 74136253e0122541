package health.salus.ledger.ordering;

/**
 * Puts batches into one sequence, the same on every node. Nothing is believed of it but that: every node executes and
 * checks for itself. {@code OrderingConformance} is what an implementation must pass. Thread-safe.
 */
public interface Ordering extends AutoCloseable {
    /**
     * Begins to deliver, one batch at a time, in order, without gaps; each once as long as it is not started again.
     *
     * @param next height of the first batch to deliver: what comes before is stored on this node already
     * @throws IllegalStateException if it was started before
     */
    void start(long next, Delivery delivery);

    /**
     * Asks for a place. Waits while too many batches are on their way. When this returns the batch is delivered or on its
     * way; it may still be lost, which {@link Delivery#lost} tells, unless it is lost with this node.
     *
     * @throws OrderingUnavailableException if the batch is not on its way and may be proposed again
     * @throws RuntimeException if the batch is not on its way; what {@link Delivery} threw, if it got as far as that
     * @throws IllegalStateException if it is not started or closed
     */
    void propose(Proposal proposal);

    /** Ends delivering; a delivery under way is finished first. */
    @Override
    void close();
}
