package health.salus.ledger.ordering;

/** What becomes of batches that have their place; the ledger's side of an {@link Ordering}. */
@FunctionalInterface
public interface Delivery {
    /**
     * Executes and stores the batch; it is durable when this returns. A height that is stored already is passed over, so
     * that an ordering may deliver again after a restart what it is not sure to have delivered.
     *
     * @param height the block that it becomes
     * @throws RuntimeException if the node could not; the batch is not part of this node's ledger, or that is unknown
     */
    void deliver(long height, Proposal batch);

    /**
     * A hint that {@code batch}, this very object, will be delivered soon, so that its signatures can be verified
     * meanwhile. Returns at once.
     */
    default void expect(Proposal batch) {}

    /** Nobody can say whether {@code batch}, which this node proposed, will ever be delivered. */
    default void lost(Proposal batch) {}

    /**
     * Brings this node's ledger to {@code height}, or beyond, with blocks of other nodes: the ordering no longer has their
     * batches. Blocks until that is done.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws RuntimeException if the node cannot store them
     */
    default void catchUp(long height) throws InterruptedException {
        throw new IllegalStateException("blocks up to " + height + " are missing and there is no other node to ask");
    }

    /**
     * Up to which height other nodes can {@linkplain #catchUp catch up} with what is stored here. An ordering keeps the
     * batches of later blocks, since a node that lacks them has no other way to them.
     */
    default long settled() {
        return Long.MAX_VALUE;
    }
}
