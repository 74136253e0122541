package health.salus.ordering.raft;

import health.salus.ledger.ordering.Proposal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each batch of the committed log its height, and nothing to other entries. Its snapshot is a {@link Marker} of what
 * the ledger has stored, never of what merely waits for it, and only up to where other nodes can have the blocks without
 * the log: what Ratis has a snapshot of it removes.
 */
final class BatchStateMachine extends BaseStateMachine {
    private static final Logger LOGGER = LoggerFactory.getLogger(BatchStateMachine.class);

    private static final long UNKNOWN = -1;
    private static final long MOST_UNMARKED_BYTES = 256 << 20;

    private final Deliverer deliverer;
    private final Flights flights;
    private final PromptGrpc.Followers followers;
    private final Runnable stopped;
    private final Runnable unwritable;
    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
    private volatile long height = UNKNOWN; // of the last batch; written by Ratis' updater only
    private volatile long ready = Long.MAX_VALUE; // index of the first entry of this node's leadership
    private Optional<Marker> due = Optional.empty(); // the next snapshot, once it is settled; Ratis' updater's only
    private long unmarked; // bytes of batches since the last marker was asked for

    /**
     * @param stopped told when Ratis takes no part any more
     * @param unwritable told when the Raft log cannot be written any more
     */
    BatchStateMachine(
            Deliverer deliverer,
            Flights flights,
            PromptGrpc.Followers followers,
            Runnable stopped,
            Runnable unwritable) {
        this.deliverer = deliverer;
        this.flights = flights;
        this.followers = followers;
        this.stopped = stopped;
        this.unwritable = unwritable;
    }

    /** Whether it is known which height the next batch has. */
    boolean knowsHeight() {
        return height != UNKNOWN;
    }

    /** Whether this node leads, and has stored everything that was committed under earlier leaders. */
    boolean hasCaughtUp() {
        return ready == 0
                || deliverer
                        .position()
                        .filter(marker -> marker.index() >= ready)
                        .isPresent();
    }

    @Override
    public void initialize(RaftServer raftServer, RaftGroupId raftGroupId, RaftStorage raftStorage) throws IOException {
        super.initialize(raftServer, raftGroupId, raftStorage);
        getLifeCycle()
                .startAndTransition(
                        () -> {
                            storage.init(raftStorage);
                            load();
                        },
                        IOException.class);
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        getLifeCycle().startAndTransition(this::load, IOException.class);
    }

    private void load() throws IOException {
        SingleFileSnapshotInfo snapshot = storage.loadLatestSnapshot();
        if (snapshot != null) {
            Path file = snapshot.getFile().getPath();
            Marker marker = Marker.read(file, snapshot.getTerm(), snapshot.getIndex());
            setLastAppliedTermIndex(snapshot.getTermIndex());
            height = marker.height();
            deliverer.put(new Item.Gap(marker));
        }
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return storage;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        if (transaction.getServerRole() == RaftPeerRole.LEADER) {
            followers.tell();
        }
        LogEntryProto entry = transaction.getLogEntry();
        byte[] bytes = entry.getStateMachineLogEntry().getLogData().toByteArray();
        apply(bytes, entry.getTerm(), entry.getIndex());
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        if (unmarked > MOST_UNMARKED_BYTES) {
            unmarked = 0;
            askForSnapshot();
        }
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    /** Ratis asks by itself after a number of entries, however large they are. */
    private void askForSnapshot() {
        RaftServer server = getServer().join();
        var _ = server.snapshotManagementAsync(SnapshotManagementRequest.newCreate(
                ClientId.randomId(), server.getId(), getGroupId(), CallId.getAndIncrement(), 60_000, 1));
    }

    private void apply(byte[] bytes, long term, long index) {
        try {
            Frame frame = Frame.parse(bytes);
            Optional<Flight> flight = flights.arrived(frame);
            Proposal proposal = flight.map(Flight::proposal).orElseGet(frame::proposal);
            height = knowsHeight() ? height + 1 : frame.first();
            deliverer.put(new Item.Batch(new Marker(term, index, height), proposal, flight, bytes.length));
            unmarked += bytes.length;
        } catch (RuntimeException e) { // every node comes to the same here
            LOGGER.atWarn()
                    .addKeyValue("index", index)
                    .addKeyValue("error", e.toString())
                    .log("entry of the raft log that is no batch");
            pass(term, index);
        }
    }

    private void pass(long term, long index) {
        if (knowsHeight()) {
            deliverer.put(new Item.Passed(new Marker(term, index, height)));
        }
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        pass(term, index);
        super.notifyTermIndexUpdated(term, index);
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
        ready = Long.MAX_VALUE;
    }

    @Override
    public void notifyLeaderReady() {
        ready = knowsHeight() ? getLastAppliedTermIndex().getIndex() : 0;
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        deliverer.fail(new IllegalStateException("the raft log could not be written", cause));
        unwritable.run();
    }

    @Override
    public long takeSnapshot() throws IOException {
        SingleFileSnapshotInfo latest = storage.getLatestSnapshot();
        long before = latest == null ? RaftLog.INVALID_LOG_INDEX : latest.getIndex();
        if (due.filter(marker -> marker.index() > before).isEmpty()) {
            due = deliverer.position().filter(marker -> marker.index() > before);
        }
        Optional<Marker> settled = due.filter(deliverer::isSettled);
        if (settled.isEmpty()) {
            return before; // Ratis asks again after the next entry
        }
        Marker marker = settled.get();
        Path file = storage.getSnapshotFile(marker.term(), marker.index()).toPath();
        storage.updateLatestSnapshot(new SingleFileSnapshotInfo(marker.write(file), marker.term(), marker.index()));
        return marker.index();
    }

    @Override
    public void close() {
        stopped.run();
    }
}
