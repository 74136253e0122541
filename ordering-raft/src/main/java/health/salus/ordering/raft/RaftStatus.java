package health.salus.ordering.raft;

import java.util.List;
import java.util.Optional;

/**
 * How a node sees its Raft group at a moment.
 *
 * @param leader id of the leader, as far as it is known
 * @param term the current term
 * @param committed index of the last entry known to be committed; −1: none
 * @param applied index of the last entry whose batch is stored by this node's ledger; −1: none
 * @param inFlight batches that this node proposed and that are not stored by its ledger yet
 * @param peers the members as this node knows them; empty where it waits to be added
 * @param failure what stopped this node from delivering until it is restarted, if anything did
 */
public record RaftStatus(
        Role role,
        Optional<String> leader,
        long term,
        long committed,
        long applied,
        int inFlight,
        List<RaftOrdering.Peer> peers,
        Optional<String> failure) {
    /** What a node is to its group. */
    public enum Role {
        LEADER,
        FOLLOWER,
        CANDIDATE,
        /** Not a member yet. */
        WAITING,
        /** Takes no part: not started, closed, failed or no longer a member. */
        STOPPED
    }

    public RaftStatus {
        peers = List.copyOf(peers);
    }
}
