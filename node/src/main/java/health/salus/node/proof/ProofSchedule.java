package health.salus.node.proof;

import java.time.Duration;

/**
 * How often background work is done.
 *
 * @param anchorEvery pause between anchors of the record log's head
 * @param reconcileEvery pause between passes through the server's history
 * @param scrubEvery pause between steps of reading sealed versions back
 * @param scrubVersions how many versions one step reads
 */
public record ProofSchedule(Duration anchorEvery, Duration reconcileEvery, Duration scrubEvery, int scrubVersions) {
    public ProofSchedule {
        if (anchorEvery.isNegative() || reconcileEvery.isNegative() || scrubEvery.isNegative() || scrubVersions < 0) {
            throw new IllegalArgumentException("proof schedule with a negative pause or number");
        }
    }
}
