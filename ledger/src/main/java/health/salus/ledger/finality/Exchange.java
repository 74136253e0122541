package health.salus.ledger.finality;

import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every peer what this node cosigns, each in a thread of its own, so that a slow one holds up no other. What a peer
 * could not be told in time is left out: the newest cosignature is what counts. Thread-safe.
 */
final class Exchange implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Exchange.class);

    private static final long SETTLED_SECONDS = 30;
    private static final long UNSETTLED_SECONDS = 1;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long MOST_PAUSE_MILLIS = 3_000;

    private static final Duration ENOUGH_TO_END = Duration.ofSeconds(5);

    private final Finality finality;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Link> links = new HashMap<>(); // by organization; guarded by lock
    private boolean closed; // guarded by lock

    Exchange(Finality finality) {
        this.finality = finality;
    }

    /** Organizations that have told what they know since this was made. */
    Set<String> heard() {
        return Set.copyOf(heard);
    }

    /** These are the peers from now on. */
    void meet(List<Peer> peers) {
        lock.lock();
        try {
            Map<String, Link> before = new HashMap<>(links);
            links.clear();
            for (Peer peer : peers) {
                Link known = before.get(peer.organization());
                if (known != null && known.peer.equals(peer)) {
                    before.remove(peer.organization());
                    links.put(peer.organization(), known);
                } else if (!closed) {
                    links.put(peer.organization(), new Link(peer));
                }
            }
            before.values().forEach(Link::end);
        } finally {
            lock.unlock();
        }
    }

    /** Tells all peers. */
    void tell(SignedNote note) {
        lock.lock();
        try {
            links.values().forEach(link -> link.add(note));
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks all peers for their newest. */
    void refresh() {
        lock.lock();
        try {
            links.values().forEach(link -> link.fresh = true);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Link> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(links.values());
            links.clear();
            all.forEach(Link::end);
        } finally {
            lock.unlock();
        }
        all.forEach(Link::join);
    }

    /** The thread for one peer; its fields are guarded by the lock. */
    private final class Link {
        private final Peer peer;
        private final List<SignedNote> untold = new ArrayList<>();
        private final Thread thread;
        private boolean fresh = true;
        private long askedNanos = System.nanoTime();
        private boolean ended;

        Link(Peer peer) {
            this.peer = peer;
            this.thread = Thread.ofPlatform() // a virtual one is woken by way of two others
                    .daemon()
                    .name("peer-" + peer.organization())
                    .start(this::run);
        }

        void add(SignedNote note) {
            untold.add(note);
            if (untold.size() > Peer.MOST_NOTES) {
                untold.removeFirst();
            }
        }

        void end() {
            ended = true;
            thread.interrupt();
        }

        void join() {
            try {
                if (!thread.join(ENOUGH_TO_END)) {
                    LOGGER.atWarn()
                            .addKeyValue("organization", peer.organization())
                            .log("peer does not let go; its thread is left behind");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            long pause = FIRST_PAUSE_MILLIS;
            try {
                while (true) {
                    List<SignedNote> notes = new ArrayList<>();
                    boolean asks = awaitNews(notes);
                    try {
                        long asked = System.nanoTime();
                        List<SignedNote> answer = peer.exchange(notes, asks);
                        pause = FIRST_PAUSE_MILLIS;
                        if (asks) {
                            heard.add(peer.organization());
                            finality.answered(
                                    peer.organization(),
                                    answer.stream().limit(Peer.MOST_NOTES).toList(),
                                    asked);
                            takeHandovers();
                        }
                    } catch (IOException | RuntimeException e) { // whatever it answers, this thread goes on
                        LOGGER.atDebug()
                                .addKeyValue("organization", peer.organization())
                                .addKeyValue("error", e.toString())
                                .log("peer not reached");
                        again(notes);
                        Thread.sleep(pause);
                        pause = Math.min(2 * pause, MOST_PAUSE_MILLIS);
                    }
                }
            } catch (InterruptedException e) {
                LOGGER.atDebug()
                        .addKeyValue("organization", peer.organization())
                        .log("peer left");
            }
        }

        /** Takes what shows changes of the witnesses, where this node lacks it. */
        private void takeHandovers() throws IOException, InterruptedException {
            OptionalLong missing = finality.missingHandover();
            while (missing.isPresent()) {
                Optional<SignedNote> handover = peer.handoverAfter(missing.getAsLong() - 1);
                if (handover.isEmpty()) {
                    return;
                }
                finality.receive(handover.get());
                OptionalLong next = finality.missingHandover();
                if (next.equals(missing)) {
                    return;
                }
                missing = next;
            }
        }

        /** Waits until there is something to tell or to ask; answers whether to ask. */
        private boolean awaitNews(List<SignedNote> notes) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (untold.isEmpty() && !fresh && !ended) {
                    long seconds = finality.isSettled() ? SETTLED_SECONDS : UNSETTLED_SECONDS;
                    if (!news.await(seconds, TimeUnit.SECONDS)) {
                        fresh = true;
                    }
                }
                fresh |= System.nanoTime() - askedNanos > TimeUnit.SECONDS.toNanos(SETTLED_SECONDS);
                if (ended) {
                    throw new InterruptedException();
                }
                notes.addAll(untold);
                untold.clear();
                boolean asks = fresh;
                fresh = false;
                if (asks) {
                    askedNanos = System.nanoTime();
                }
                return asks;
            } finally {
                lock.unlock();
            }
        }

        private void again(List<SignedNote> notes) {
            lock.lock();
            try {
                untold.addAll(0, notes);
                while (untold.size() > Peer.MOST_NOTES) {
                    untold.removeFirst();
                }
                fresh = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
