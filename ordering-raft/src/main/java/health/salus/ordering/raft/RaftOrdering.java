package health.salus.ordering.raft;

import health.salus.ledger.ordering.Delivery;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.ledger.ordering.Proposal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders the batches of several nodes by Raft: each committed entry of the Raft log that is a batch becomes the next
 * height. Nodes that stop and lose nothing are tolerated, as long as a majority runs; nodes that lie are the ledger's
 * business. Thread-safe.
 */
public final class RaftOrdering implements Ordering {
    /**
     * One member of the Raft group.
     *
     * @param id the organization's id
     * @param address host and port where its Raft server is reached, {@code host:port}
     */
    public record Peer(String id, String address) {
        public Peer {
            if (id.isEmpty() || !address.matches(".+:[0-9]{1,5}")) {
                throw new IllegalArgumentException("Raft peer '" + id + "' at '" + address + "' (expected: host:port)");
            }
        }

        /** The address's port. */
        public int port() {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }
    }

    /**
     * How a node takes part.
     *
     * @param directory where the Raft log is kept; exists or can be created; nobody else's
     * @param network the network's id; nodes of different networks do not talk with each other
     * @param self this node
     * @param listenHost address of the interface to listen on
     * @param listenPort port to listen on
     * @param peers the members with whom this network begins, this node among them, the same for each of them; empty where
     *     this node joins a network or has lost its directory: it then waits to be added or to be sent the log. Of no
     *     effect where there is a log already
     * @param tls empty: everything is sent as it is and whoever connects is believed, for tests only
     * @param proposalTimeout how long a batch may be on its way before it counts as lost
     * @param maxInFlight most batches on their way
     * @param timeouts how patient this node is
     * @param snapshotEvery after how many entries of the Raft log those that the ledger has stored are removed
     */
    public record Settings(
            Path directory,
            String network,
            Peer self,
            String listenHost,
            int listenPort,
            List<Peer> peers,
            Optional<RaftTls> tls,
            Duration proposalTimeout,
            int maxInFlight,
            RaftTimeouts timeouts,
            long snapshotEvery) {
        /** As long as a batch is usually on its way many times over. */
        public static final Duration DEFAULT_PROPOSAL_TIMEOUT = Duration.ofSeconds(10);
        /** Enough for the leader's disk, the network and the followers' disks to work at the same time. */
        public static final int DEFAULT_MAX_IN_FLIGHT = 4;
        /** A second or two of replay after a restart. */
        public static final long DEFAULT_SNAPSHOT_EVERY = 1_024;

        public Settings {
            peers = List.copyOf(peers);
            if (!peers.isEmpty() && !peers.contains(self)) {
                throw new IllegalArgumentException("the Raft group " + peers + " lacks this node, " + self);
            }
            if (proposalTimeout.toMillis() < 100 || maxInFlight < 1 || snapshotEvery < 1) {
                throw new IllegalArgumentException("proposal timeout " + proposalTimeout + ", " + maxInFlight
                        + " batches in flight, snapshot every " + snapshotEvery
                        + " entries (expected: at least 100 ms, 1, 1)");
            }
        }

        /** Settings with defaults for what seldom needs another value. */
        public Settings(
                Path directory,
                String network,
                Peer self,
                String listenHost,
                int listenPort,
                List<Peer> peers,
                Optional<RaftTls> tls) {
            this(
                    directory,
                    network,
                    self,
                    listenHost,
                    listenPort,
                    peers,
                    tls,
                    DEFAULT_PROPOSAL_TIMEOUT,
                    DEFAULT_MAX_IN_FLIGHT,
                    RaftTimeouts.DEFAULT,
                    DEFAULT_SNAPSHOT_EVERY);
        }
    }

    private final Settings settings;
    private @Nullable RaftNode node;
    private boolean closed;

    private RaftOrdering(Settings settings) {
        this.settings = settings;
    }

    /** An ordering that opens nothing before it is started. */
    public static RaftOrdering create(Settings settings) {
        return new RaftOrdering(settings);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException also if the port is taken or the directory is unusable or in use
     */
    @Override
    public synchronized void start(long next, Delivery delivery) {
        if (node != null || closed) {
            throw new IllegalStateException(closed ? "ordering closed" : "ordering started twice");
        }
        node = RaftNode.start(settings, next, delivery);
    }

    /**
     * {@inheritDoc}
     *
     * @throws OrderingUnavailableException also if this node is not, or no longer, a member, or stopped delivering
     * @throws IllegalArgumentException if the batch is larger than 8 MiB
     */
    @Override
    public void propose(Proposal proposal) {
        started().propose(proposal);
    }

    /**
     * Makes the group these members. Every node calls it after a block that changed the membership; the leader acts, in
     * the background, until it holds or another call replaces it. A node that is no longer a member stops taking part.
     *
     * @throws IllegalStateException if it is not started or closed
     */
    public void reconfigure(List<Peer> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a Raft group without members");
        }
        started().reconfigure(members);
    }

    synchronized RaftNode started() {
        RaftNode running = node;
        if (running == null || closed) {
            throw new IllegalStateException(closed ? "ordering closed" : "ordering not started");
        }
        return running;
    }

    /** How this node sees the group now. */
    public RaftStatus status() {
        RaftNode running;
        synchronized (this) {
            running = closed ? null : node;
        }
        return running == null
                ? new RaftStatus(
                        RaftStatus.Role.STOPPED, Optional.empty(), 0, -1, -1, 0, settings.peers(), Optional.empty())
                : running.status();
    }

    @Override
    public void close() {
        RaftNode running;
        synchronized (this) {
            running = closed ? null : node;
            closed = true;
        }
        if (running != null) {
            running.close();
        }
    }
}
