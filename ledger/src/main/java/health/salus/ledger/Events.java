package health.salus.ledger;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.SignatureCheck;
import health.salus.ledger.contract.Event;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.EventSource;
import health.salus.ledger.event.LedgerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Events of the chain: of recent blocks from memory, of older ones by executing them again. Thread-safe. */
final class Events implements EventSource {
    private static final int MAX_RECENT_BLOCKS = 128;
    private static final int MAX_RECENT_EVENTS = 16_384;

    private final Chain chain;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final TreeMap<Long, List<LedgerEvent>> recent = new TreeMap<>(); // guarded by lock
    private int recentEvents; // guarded by lock

    Events(Chain chain) {
        this.chain = chain;
    }

    void committed(CommittedBlock block) {
        List<LedgerEvent> events = events(block.header(), block.candidates(), block.events());
        lock.lock();
        try {
            recent.put(block.header().height(), events);
            recentEvents += events.size();
            while (recent.size() > MAX_RECENT_BLOCKS || (recentEvents > MAX_RECENT_EVENTS && recent.size() > 1)) {
                recentEvents -= recent.pollFirstEntry().getValue().size();
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static List<LedgerEvent> events(BlockHeader header, List<Candidate> candidates, List<List<Event>> made) {
        List<LedgerEvent> events = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            for (Event event : made.get(i)) {
                Cursor at = new Cursor(header.height(), events.size());
                Cursor next = new Cursor(header.height(), events.size() + 1);
                events.add(new LedgerEvent(at, next, candidates.get(i).id().orElseThrow(), header.time(), event));
            }
        }
        return List.copyOf(events);
    }

    @Override
    public long height() {
        return chain.last().height();
    }

    @Override
    public List<LedgerEvent> events(long height) {
        lock.lock();
        try {
            List<LedgerEvent> known = recent.get(height);
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        return height == 0 ? List.of() : executedAgain(chain.header(height));
    }

    private List<LedgerEvent> executedAgain(BlockHeader header) {
        List<Candidate> candidates = new ArrayList<>();
        chain.log().scan(header.first(), header.index(), (index, entry) -> {
            if (!(Entry.decode(entry) instanceof Entry.TransactionEntry(byte[] jws))) {
                throw new LedgerDamagedException(
                        "entry " + index + " is not a transaction of block " + header.height());
            }
            candidates.add(Candidate.of(jws));
        });
        List<List<Event>> made = chain.executor()
                .execute(
                        header.height(),
                        header.first(),
                        header.time(),
                        candidates,
                        chain.state().at(header.height() - 1),
                        ids -> chain.state().applied(ids, header.first()),
                        SignatureCheck.believing(header))
                .events();
        return events(header, candidates, made);
    }

    /** The states before a snapshot are there; whoever waits for events of blocks before it goes on. */
    void completed() {
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isThere(long height) {
        return height <= height() && (height == 0 || height > chain.first());
    }

    @Override
    public boolean await(long height, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        lock.lock();
        try {
            while (!isThere(height)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                if (!grown.await(left, TimeUnit.NANOSECONDS)) {
                    return isThere(height);
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
