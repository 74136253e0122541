package health.salus.ledger.ordering;

/** What becomes of batches that have their place. */
@FunctionalInterface
public interface Delivery {
    /**
     * Executes and stores the batch; it is durable when this returns.
     *
     * @param height the block that it becomes
     * @throws RuntimeException if the node could not; the batch is not part of this node's ledger, or that is unknown
     */
    void deliver(long height, Proposal batch);
}
