package health.salus.ordering.raft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the group what the ledger says it should be, one member at a time so that a majority of it always knows the log.
 * Only the leader does anything, and only once it has seen all blocks of earlier leaders: what it was told last is then
 * the newest.
 */
final class Membership {
    private static final Logger LOGGER = LoggerFactory.getLogger(Membership.class);

    private static final long PAUSE_MILLIS = 300;

    private final RaftServer server;
    private final RaftServer.Division division;
    private final BatchStateMachine machine;
    private final ScheduledExecutorService scheduler;
    private final ClientId client = ClientId.randomId();
    private @Nullable List<RaftOrdering.Peer> target; // null: nothing to do
    private boolean running;
    private int attempts;

    Membership(
            RaftServer server,
            RaftServer.Division division,
            BatchStateMachine machine,
            ScheduledExecutorService scheduler) {
        this.server = server;
        this.division = division;
        this.machine = machine;
        this.scheduler = scheduler;
    }

    synchronized void become(List<RaftOrdering.Peer> members) {
        target = List.copyOf(members);
        if (!running) {
            running = true;
            again(0);
        }
    }

    private void again(long millis) {
        try {
            var _ = scheduler.schedule(this::step, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.atDebug().log("closed meanwhile");
        }
    }

    private synchronized void step() {
        List<RaftOrdering.Peer> wanted = target;
        if (wanted == null || !division.getInfo().isAlive() || isDone(wanted)) {
            target = null;
            running = false;
            return;
        }
        if (!division.getInfo().isLeader() || !machine.hasCaughtUp() || isChanging()) {
            again(PAUSE_MILLIS);
            return;
        }
        var _ = request(next(List.copyOf(division.getRaftConf().getCurrentPeers()), wanted, attempts++))
                .whenComplete((reply, failure) -> {
                    if (failure != null || !reply.isSuccess()) {
                        LOGGER.atInfo()
                                .addKeyValue("error", String.valueOf(failure == null ? reply.getException() : failure))
                                .log("members of the raft group not changed yet");
                    }
                    again(PAUSE_MILLIS);
                });
    }

    private boolean isChanging() {
        return !division.getRaftConf().getPreviousPeers().isEmpty();
    }

    private boolean isDone(List<RaftOrdering.Peer> wanted) {
        return !isChanging()
                && addresses(division.getRaftConf().getCurrentPeers()).equals(wanted(wanted));
    }

    private static Map<String, String> addresses(Iterable<RaftPeer> peers) {
        Map<String, String> addresses = new HashMap<>();
        peers.forEach(peer -> addresses.put(peer.getId().toString(), peer.getAddress()));
        return addresses;
    }

    private static Map<String, String> wanted(List<RaftOrdering.Peer> peers) {
        Map<String, String> addresses = new HashMap<>();
        peers.forEach(peer -> addresses.put(peer.id(), peer.address()));
        return addresses;
    }

    /**
     * What the group becomes next: one member more, or all with their new addresses, or one member less. A member that
     * cannot be added now gives way to another at the next attempt.
     */
    static List<RaftPeer> next(List<RaftPeer> current, List<RaftOrdering.Peer> wanted, int attempt) {
        Map<String, String> before = addresses(current);
        Map<String, String> after = wanted(wanted);
        int priority = current.isEmpty() ? 0 : current.getFirst().getPriority();
        List<RaftOrdering.Peer> missing =
                wanted.stream().filter(peer -> !before.containsKey(peer.id())).toList();
        List<RaftPeer> next = new ArrayList<>(current);
        if (!missing.isEmpty()) {
            next.add(RaftConfig.peer(missing.get(attempt % missing.size()), priority));
            return next;
        }
        if (wanted.stream().anyMatch(peer -> !peer.address().equals(before.get(peer.id())))) {
            // Ratis takes no notice of addresses alone, but of priorities; equal ones have no effect
            int other = 1 - priority;
            return current.stream()
                    .map(peer -> RaftConfig.peer(
                            new RaftOrdering.Peer(
                                    peer.getId().toString(),
                                    after.getOrDefault(peer.getId().toString(), peer.getAddress())),
                            other))
                    .toList();
        }
        List<RaftPeer> surplus = current.stream()
                .filter(peer -> !after.containsKey(peer.getId().toString()))
                .toList();
        next.remove(surplus.get(attempt % surplus.size()));
        return next;
    }

    private CompletableFuture<RaftClientReply> request(List<RaftPeer> peers) {
        try {
            return server.setConfigurationAsync(new SetConfigurationRequest(
                    client, server.getId(), division.getMemberId().getGroupId(), CallId.getAndIncrement(), peers));
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
