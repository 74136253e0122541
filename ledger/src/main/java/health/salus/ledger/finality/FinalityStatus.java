package health.salus.ledger.finality;

import java.time.Duration;
import java.util.Set;

/**
 * How far finality is on one node.
 *
 * @param height of its last block
 * @param finalHeight of the last one that is final; −1: none is
 * @param members how many witnesses rule the next block
 * @param quorum how many of them must cosign it
 * @param heard members that have answered since this node was started
 * @param contradicting members that have cosigned another root for a size of this node's log
 * @param recovering whether it has cosigned more than it remembers and waits for the others
 * @param delay from storing to finality, of the last block
 */
public record FinalityStatus(
        long height,
        long finalHeight,
        int members,
        int quorum,
        Set<String> heard,
        Set<String> contradicting,
        boolean recovering,
        Duration delay) {
    public FinalityStatus {
        heard = Set.copyOf(heard);
        contradicting = Set.copyOf(contradicting);
    }
}
