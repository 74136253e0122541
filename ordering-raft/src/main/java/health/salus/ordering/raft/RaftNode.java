package health.salus.ordering.raft;

import health.salus.ledger.ordering.Delivery;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.ledger.ordering.Proposal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.ExitUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running member of the Raft group, and what belongs to it. */
final class RaftNode implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RaftNode.class);

    private static final long POLL_MILLIS = 20;

    static {
        keepTheProcessOurs();
    }

    private final RaftOrdering.Settings settings;
    private final long first;
    private final Flights flights;
    private final Deliverer deliverer;
    private final BatchStateMachine machine;
    private final RaftServer server;
    private final RaftServer.Division division;
    private final ScheduledThreadPoolExecutor scheduler;
    private final Sender sender;
    private final Membership membership;
    private volatile boolean closed;

    private RaftNode(RaftOrdering.Settings settings, long next, Delivery delivery) throws IOException {
        RaftProperties properties = RaftConfig.properties(settings);
        Parameters parameters = RaftConfig.parameters(settings);
        PromptGrpc.Followers followers = new PromptGrpc.Followers();
        followers.put(parameters);
        RaftGroup group = RaftConfig.group(settings);
        this.settings = settings;
        this.first = next;
        this.flights = new Flights(settings.maxInFlight(), delivery::lost);
        this.deliverer = new Deliverer(next, delivery, flights);
        this.machine = new BatchStateMachine(deliverer, flights, followers, this::stopped, this::withdraw);
        this.server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(settings.self().id()))
                .setGroup(group)
                .setStateMachine(machine)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setProperties(properties)
                .setParameters(parameters)
                .build();
        this.division = server.getDivision(group.getGroupId());
        this.scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("raft-proposals").factory());
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.sender = new Sender(server, division, flights, settings, properties, parameters, scheduler);
        this.membership = new Membership(server, division, machine, scheduler);
    }

    /** Ratis ends the process when it is in trouble, and when any thread of it lets an exception escape; not here. */
    private static void keepTheProcessOurs() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        ExitUtils.setTerminateOnUncaughtException(false);
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    static RaftNode start(RaftOrdering.Settings settings, long next, Delivery delivery) {
        try {
            RaftNode node = new RaftNode(settings, next, delivery);
            node.start();
            return node;
        } catch (IOException e) {
            throw new IllegalStateException("Raft in " + settings.directory() + " did not start", e);
        }
    }

    private void start() throws IOException {
        deliverer.start();
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw new IOException(
                    "no Raft server at " + settings.listenHost() + ":" + settings.listenPort() + ": " + e.getMessage(),
                    e);
        }
        LOGGER.atInfo()
                .addKeyValue("network", settings.network())
                .addKeyValue("organization", settings.self().id())
                .addKeyValue("port", settings.listenPort())
                .log("raft started");
    }

    void propose(Proposal proposal) {
        long began = System.nanoTime();
        try {
            awaitLeader(began);
            while (!flights.reserve(POLL_MILLIS)) {
                awaitLeader(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OrderingUnavailableException("interrupted while waiting for a place", e);
        }
        Flight flight;
        try {
            flight = flights.depart(first, proposal);
        } catch (RuntimeException e) {
            flights.release();
            throw e;
        }
        try {
            sender.send(flight);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("ordering closed", e);
        }
    }

    private void awaitLeader(long since) throws InterruptedException {
        long patience = settings.timeouts().leaderWait().toNanos();
        while (true) {
            requireTakingPart();
            if (division.getInfo().getLeaderId() != null
                    && (machine.knowsHeight() || !settings.peers().isEmpty())) {
                return;
            }
            if (System.nanoTime() - since > patience) {
                throw new OrderingUnavailableException("no majority of the members can be reached");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void requireTakingPart() {
        if (closed) {
            throw new IllegalStateException("ordering closed");
        }
        deliverer.failure().ifPresent(cause -> {
            throw new OrderingUnavailableException("this node stopped delivering: " + cause.getMessage(), cause);
        });
        if (!division.getInfo().isAlive()) {
            throw new OrderingUnavailableException("this node takes no part in the Raft group");
        }
    }

    /**
     * Has Ratis take no part any more. A leader whose log cannot be written would lead on otherwise, as its heartbeats need
     * no log, and nobody could commit anything until it is restarted.
     */
    private void withdraw() {
        Thread.ofPlatform()
                .daemon()
                .name("raft-withdrawal")
                .start(this::closeServer); // Ratis waits for its own threads
    }

    /** Ratis takes no part any more: this node is no longer a member, or something failed. */
    private void stopped() {
        if (!closed) {
            LOGGER.atWarn()
                    .addKeyValue("network", settings.network())
                    .addKeyValue("organization", settings.self().id())
                    .log("node no longer takes part in ordering");
            flights.loseThoseUnderway();
        }
    }

    BatchStateMachine machine() {
        return machine;
    }

    void reconfigure(List<RaftOrdering.Peer> members) {
        membership.become(members);
    }

    RaftStatus status() {
        DivisionInfo info = division.getInfo();
        List<RaftOrdering.Peer> peers = RaftConfig.peers(division.getRaftConf().getCurrentPeers());
        return new RaftStatus(
                role(info, peers),
                Optional.ofNullable(info.getLeaderId()).map(RaftPeerId::toString),
                info.getCurrentTerm(),
                division.getRaftLog().getLastCommittedIndex(),
                deliverer.position().map(Marker::index).orElse(-1L),
                flights.count(),
                peers,
                deliverer.failure().map(RuntimeException::getMessage));
    }

    private RaftStatus.Role role(DivisionInfo info, List<RaftOrdering.Peer> peers) {
        if (!info.isAlive() || deliverer.failure().isPresent()) {
            return RaftStatus.Role.STOPPED;
        }
        String self = settings.self().id();
        if (peers.stream().noneMatch(peer -> peer.id().equals(self))) {
            return RaftStatus.Role.WAITING;
        }
        return switch (info.getCurrentRole()) {
            case LEADER -> RaftStatus.Role.LEADER;
            case CANDIDATE -> RaftStatus.Role.CANDIDATE;
            default -> RaftStatus.Role.FOLLOWER;
        };
    }

    @Override
    public void close() {
        closed = true;
        scheduler.shutdown();
        deliverer.close();
        sender.close();
        closeServer();
        try {
            scheduler.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("raft not closed in order");
        }
    }
}
