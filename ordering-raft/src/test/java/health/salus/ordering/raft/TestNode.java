package health.salus.ordering.raft;

import health.salus.identity.P256Certificate;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.ordering.Delivery;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.transaction.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A node whose ledger is a list of texts that survives its ordering. */
final class TestNode implements Delivery, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final RaftTimeouts TIMEOUTS =
            new RaftTimeouts(Duration.ofMillis(600), Duration.ofMillis(1000), Duration.ofMillis(1200));

    static {
        RaftObjectsTest.readNothingElse();
    }

    final RaftOrdering.Peer peer;
    final TestIdentity identity;
    final Set<P256Certificate> trusted = ConcurrentHashMap.newKeySet();
    final List<String> lost = new CopyOnWriteArrayList<>();
    final List<Long> caughtUp = new CopyOnWriteArrayList<>();
    final List<Proposal> delivered = new CopyOnWriteArrayList<>();
    Duration proposalTimeout = RaftOrdering.Settings.DEFAULT_PROPOSAL_TIMEOUT;
    volatile LongConsumer before = height -> {};
    volatile @Nullable TestNode source; // of blocks
    private final List<String> ledger = new ArrayList<>();
    private final Path dir;
    private @Nullable RaftOrdering ordering;

    TestNode(Path dir, String id) {
        this.dir = dir.resolve(id);
        this.identity = new TestIdentity(id);
        this.peer = new RaftOrdering.Peer(id, "127.0.0.1:" + Ports.free());
    }

    Path dir() {
        return dir;
    }

    RaftOrdering.Settings settings(List<RaftOrdering.Peer> peers, long snapshotEvery) {
        return new RaftOrdering.Settings(
                dir,
                "test-network",
                peer,
                "127.0.0.1",
                peer.port(),
                peers,
                Optional.of(identity.tls(trusted)),
                proposalTimeout,
                4,
                TIMEOUTS,
                snapshotEvery);
    }

    void start(List<RaftOrdering.Peer> peers) {
        start(peers, 1024);
    }

    void start(List<RaftOrdering.Peer> peers, long snapshotEvery) {
        RaftOrdering started = RaftOrdering.create(settings(peers, snapshotEvery));
        ordering = started;
        started.start(height() + 1, this);
    }

    RaftOrdering ordering() {
        return Objects.requireNonNull(ordering);
    }

    RaftStatus status() {
        return ordering().status();
    }

    boolean leads() {
        return status().role() == RaftStatus.Role.LEADER;
    }

    synchronized long height() {
        return ledger.size();
    }

    synchronized List<String> ledger() {
        return List.copyOf(ledger);
    }

    @Override
    public void deliver(long height, Proposal batch) {
        before.accept(height);
        synchronized (this) {
            if (height > ledger.size() + 1) {
                throw new IllegalStateException("height " + height + " after " + ledger.size());
            }
            if (height == ledger.size() + 1) {
                ledger.add(text(batch));
                delivered.add(batch);
            }
        }
    }

    @Override
    public void catchUp(long height) {
        caughtUp.add(height);
        List<String> blocks = Objects.requireNonNull(source, "nobody to ask").ledger();
        synchronized (this) {
            for (int i = ledger.size(); i < height; i++) {
                ledger.add(blocks.get(i));
            }
        }
    }

    @Override
    public void lost(Proposal batch) {
        lost.add(text(batch));
    }

    void propose(String text) {
        ordering().propose(proposal(text));
    }

    /** Goes on trying while no majority is there. */
    void insist(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                propose(text);
                return;
            } catch (OrderingUnavailableException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    /** Goes on trying while it is lost, too. */
    void ensure(String text) {
        insist(text);
        TestNetwork.await(text, () -> {
            if (lost.remove(text)) {
                insist(text);
            }
            return ledger().contains(text);
        });
    }

    static Proposal proposal(String text) {
        return new Proposal(
                Instant.ofEpochMilli(1_700_000_000_123L),
                List.of(new Candidate.Unreadable(text.getBytes(StandardCharsets.US_ASCII), Refusal.MALFORMED)));
    }

    static String text(Proposal batch) {
        return new String(batch.candidates().getFirst().jws(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        RaftOrdering running = ordering;
        if (running != null) {
            running.close();
        }
    }
}
