package health.salus.ordering.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches to the leader, which may be this node, and goes on trying until they are answered or given up. The leader
 * knows a batch again that it got twice, by the number of the call. After a failure only the oldest batch is tried, and the
 * others follow once it is answered, so that the order is kept as far as that costs nothing.
 *
 * <p>All state belongs to the scheduler's only thread: Ratis completes its answers while it holds locks.
 */
final class Sender implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Sender.class);

    private static final long RETRY_MILLIS = 50;
    private static final long NONE = -1;

    private final RaftServer server;
    private final RaftServer.Division division;
    private final Flights flights;
    private final Duration timeout;
    private final ScheduledExecutorService scheduler;
    private final ClientId client = ClientId.randomId();
    private final RaftClientRpc remote;
    private final NavigableMap<Long, Flight> idle = new TreeMap<>(); // by call: what is to be sent, oldest first
    private boolean probing; // only the oldest is tried, or will be after a pause
    private long probe = NONE; // its call, once it is sent

    Sender(
            RaftServer server,
            RaftServer.Division division,
            Flights flights,
            RaftOrdering.Settings settings,
            RaftProperties properties,
            Parameters parameters,
            ScheduledExecutorService scheduler) {
        this.server = server;
        this.division = division;
        this.flights = flights;
        this.timeout = settings.proposalTimeout();
        this.scheduler = scheduler;
        this.remote = new GrpcFactory(parameters).newRaftClientRpc(client, properties);
    }

    /** @throws RejectedExecutionException if it is closed */
    void send(Flight flight) {
        long call = CallId.getAndIncrement();
        scheduler.execute(() -> {
            idle.put(call, flight);
            if (!probing) {
                sendAll();
            }
        });
        long id = flight.frame().id(); // holding the flight itself would keep its bytes for all that time
        var _ = scheduler.schedule(() -> flights.late(id), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendAll() {
        while (!probing && !idle.isEmpty()) {
            sendFirst();
        }
    }

    private void sendFirst() {
        idle.values().removeIf(flight -> !flight.isWaiting());
        if (idle.isEmpty()) {
            probing = false;
            return;
        }
        RaftPeerId leader = division.getInfo().getLeaderId();
        boolean here = server.getId().equals(leader);
        if (leader == null
                || division.getRaftConf().getPeer(leader) == null
                || (here && !division.getInfo().isLeaderReady())) {
            probeLater();
            return;
        }
        Map.Entry<Long, Flight> first = idle.pollFirstEntry();
        long call = first.getKey();
        Flight flight = first.getValue();
        probe = call;
        CompletableFuture<RaftClientReply> answer = submit(request(leader, call, flight), here);
        var _ = answer.whenCompleteAsync((reply, failure) -> answered(call, flight, leader, reply, failure), this::run);
    }

    private RaftClientRequest request(RaftPeerId leader, long call, Flight flight) {
        return RaftClientRequest.newBuilder()
                .setClientId(client)
                .setLeaderId(leader)
                .setGroupId(division.getMemberId().getGroupId())
                .setCallId(call)
                .setMessage(Message.valueOf(
                        UnsafeByteOperations.unsafeWrap(flight.frame().bytes())))
                .setType(RaftClientRequest.writeRequestType())
                .build();
    }

    private CompletableFuture<RaftClientReply> submit(RaftClientRequest request, boolean here) {
        try {
            if (here) {
                return server.submitClientRequestAsync(request);
            }
            remote.addRaftPeers(division.getRaftConf().getAllPeers());
            return remote.sendRequestAsyncUnordered(request);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(
            long call, Flight flight, RaftPeerId leader, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
        if (reply != null && reply.isSuccess()) {
            flight.answered();
            if (call == probe) {
                probing = false;
                sendAll();
            }
            return;
        }
        Throwable cause = reply == null ? failure : reply.getException();
        LOGGER.atDebug()
                .addKeyValue("leader", leader)
                .addKeyValue("error", String.valueOf(cause))
                .log("proposal not accepted yet");
        if (!server.getId().equals(leader)) {
            reconnect(leader, cause);
        }
        idle.put(call, flight);
        if (!probing || call == probe) {
            probe = NONE;
            probeLater();
        }
    }

    private void reconnect(RaftPeerId leader, @Nullable Throwable cause) {
        Throwable why = cause == null ? new IOException("no answer") : cause;
        Thread.ofVirtual() // closing the old connection may take seconds
                .name("raft-reconnect")
                .start(() -> remote.handleException(leader, why, true));
    }

    private void probeLater() {
        probing = true;
        try {
            var _ = scheduler.schedule(this::sendFirst, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.atDebug().log("closed meanwhile");
        }
    }

    private void run(Runnable task) {
        try {
            scheduler.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.atDebug().log("closed meanwhile");
        }
    }

    @Override
    public void close() {
        try {
            remote.close();
        } catch (IOException e) {
            LOGGER.atDebug().setCause(e).log("connection to the leader not closed in order");
        }
    }
}
