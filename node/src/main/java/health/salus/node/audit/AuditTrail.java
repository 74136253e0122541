package health.salus.node.audit;

import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One organization's audit trail. {@link #commit} returns when the event is on disk and its commitment is in the record
 * log; only then may the answer that it tells of leave.
 *
 * <p>Whatever waits is committed together: one write to the journal, forced while the record log appends the
 * commitments. The index for searches follows behind. After a failed write nothing is accepted any more, so nothing is
 * disclosed either, until the node starts again and has checked its journal. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MOST_TOGETHER = 512;
    private static final Duration INDEX_EVERY = Duration.ofMillis(250);

    /** The part of the record log that the trail needs. */
    public interface Commitments {
        /** Begins to append; the index of each is there once it is durable. */
        List<CompletableFuture<Long>> append(List<RecordEntry> entries);

        /** How many entries there are. */
        long size();

        /** The entry at {@code index}. */
        RecordEntry entry(long index);
    }

    private record Waiting(AuditRecord record, RecordEntry entry, CompletableFuture<Long> committed) {}

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(8 * MOST_TOGETHER);
    private final BlockingQueue<AuditIndex.Place> unindexed = new LinkedBlockingQueue<>();
    /** Being added to the index; also a lock. */
    private final List<AuditIndex.Place> indexing = new ArrayList<>();

    private final Commitments commitments;
    private final AuditIndex index;
    private final AuditJournal journal;
    private final Thread committer =
            Thread.ofPlatform().name("audit-commit").daemon(true).unstarted(this::commitAll);
    private final Thread indexer =
            Thread.ofPlatform().name("audit-index").daemon(true).unstarted(this::indexAll);
    private volatile boolean open = true;
    private volatile boolean failed;

    private AuditTrail(Path file, Commitments commitments, JdbcTemplate jdbc) {
        this.commitments = commitments;
        this.index = new AuditIndex(jdbc);
        List<AuditIndex.Place> found = new ArrayList<>();
        Map<RecordEntry, Long> committed = new HashMap<>();
        for (long i = index.lastEntry() + 1; i < commitments.size(); i++) {
            committed.put(commitments.entry(i), i);
        }
        this.journal = AuditJournal.open(file, index.indexedTo(), (position, next, record) -> {
            RecordEntry entry = entry(record);
            Long at = committed.get(entry);
            found.add(AuditIndex.Place.of(
                    record,
                    position,
                    next,
                    at != null
                            ? at
                            : commitments.append(List.of(entry)).getFirst().join()));
        });
        if (!found.isEmpty()) {
            index.add(found);
        }
    }

    /** Opens or creates the trail whose journal is {@code file}. */
    public static AuditTrail open(Path file, Commitments commitments, JdbcTemplate jdbc) {
        AuditTrail trail = new AuditTrail(file, commitments, jdbc);
        trail.committer.start();
        trail.indexer.start();
        return trail;
    }

    /**
     * Makes {@code record} durable.
     *
     * @return index of its commitment in the record log
     * @throws AuditUnavailableException if it isn't durable, or not known to be
     */
    public long commit(AuditRecord record) {
        Waiting mine = new Waiting(record, entry(record), new CompletableFuture<>());
        if (failed || !open || !waiting.offer(mine)) {
            throw new AuditUnavailableException();
        }
        try {
            return mine.committed.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditUnavailableException();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AuditUnavailableException();
        }
    }

    /** A patient's records before journal position {@code before}, newest first. */
    public List<Found> find(String handle, long before, int most) {
        indexNow();
        return index.find(handle, before, most).stream().map(this::found).toList();
    }

    /** All records before journal position {@code before}, newest first. */
    public List<Found> findAll(long before, int most) {
        indexNow();
        return index.findAll(before, most).stream().map(this::found).toList();
    }

    /** The record with this id. */
    public Optional<Found> find(String id) {
        indexNow();
        return index.place(id).map(this::found);
    }

    private Found found(AuditIndex.Place place) {
        return new Found(journal.read(place.position()), place.position(), place.entry());
    }

    /**
     * A record found again.
     *
     * @param position in the journal, for going on from it
     * @param entry index of its commitment in the record log
     */
    public record Found(AuditRecord record, long position, long entry) {}

    /** Refuses further records, commits those that wait, and closes the journal. */
    @Override
    public void close() {
        open = false;
        try {
            committer.join(TimeUnit.SECONDS.toMillis(30));
            indexer.join(TimeUnit.SECONDS.toMillis(30));
            indexNow();
            journal.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("audit journal did not close");
        }
    }

    private static RecordEntry entry(AuditRecord record) {
        return new RecordEntry(
                RecordEntry.Kind.DISCLOSURE,
                Seal.decode(record.seal().getBytes(StandardCharsets.UTF_8)).commitment());
    }

    private void commitAll() {
        while (open || !waiting.isEmpty()) {
            List<Waiting> batch = take(waiting);
            if (!batch.isEmpty()) {
                commit(batch);
            }
        }
    }

    private void commit(List<Waiting> batch) {
        try {
            List<CompletableFuture<Long>> appended =
                    commitments.append(batch.stream().map(Waiting::entry).toList());
            long[] positions =
                    journal.append(batch.stream().map(Waiting::record).toList());
            List<Long> entries = appended.stream().map(CompletableFuture::join).toList();
            for (int i = 0; i < batch.size(); i++) {
                Waiting done = batch.get(i);
                unindexed.add(AuditIndex.Place.of(done.record, positions[i], positions[i + 1], entries.get(i)));
                done.committed.complete(entries.get(i));
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            LOGGER.atError()
                    .addKeyValue("error", e.toString())
                    .log("audit trail can't be written; nothing is disclosed");
            batch.forEach(lost -> lost.committed.completeExceptionally(e));
        }
    }

    /** In the background, so that indexing costs a forced write in a while rather than for each request. */
    private void indexAll() {
        while (open || committer.isAlive()) {
            try {
                Thread.sleep(INDEX_EVERY);
                indexNow();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) { // they wait for the next time, or until the journal is opened
                LOGGER.atError().addKeyValue("error", e.toString()).log("audit records not indexed");
            }
        }
    }

    /** Indexes what is committed. */
    private void indexNow() {
        synchronized (indexing) {
            unindexed.drainTo(indexing);
            if (!indexing.isEmpty()) {
                index.add(indexing);
                indexing.clear();
            }
        }
    }

    private static <T> List<T> take(BlockingQueue<T> queue) {
        List<T> taken = new ArrayList<>();
        try {
            T first = queue.poll(100, TimeUnit.MILLISECONDS);
            if (first != null) {
                taken.add(first);
                queue.drainTo(taken, MOST_TOGETHER - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }
}
