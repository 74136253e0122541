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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One organization's audit trail. {@link #commit} returns when the event and the seal that opens its commitment are on
 * disk; only then may the answer that it tells of leave.
 *
 * <p>Whatever waits is written together and forced once. The commitments go into the record log a moment later, many at
 * once, and then the index for searches; what a crash leaves without either gets both when the journal is opened again,
 * before anything else is answered. So a disclosure costs its share of one forced write. After a failed write nothing is
 * accepted any more, so nothing is disclosed either, until the node starts again and has checked its journal. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MOST_TOGETHER = 512;
    private static final int MOST_BEHIND = 1 << 16;
    private static final Duration FOLLOW_EVERY = Duration.ofMillis(250);

    /** The part of the record log that the trail needs. */
    public interface Commitments {
        /** Begins to append; the index of each is there once it is durable. */
        List<CompletableFuture<Long>> append(List<RecordEntry> entries);

        /** How many entries there are. */
        long size();

        /** The entry at {@code index}. */
        RecordEntry entry(long index);
    }

    private record Waiting(AuditRecord record, CompletableFuture<Void> committed) {}

    /** In the journal; the place's entry isn't known yet. */
    private record Written(AuditIndex.Place place, RecordEntry commitment) {
        static Written of(AuditRecord record, long position, long next) {
            return new Written(AuditIndex.Place.of(record, position, next, -1), entry(record));
        }
    }

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(8 * MOST_TOGETHER);
    private final BlockingQueue<Written> written = new LinkedBlockingQueue<>(MOST_BEHIND);
    /** In the record log, not indexed yet; also a lock. */
    private final List<AuditIndex.Place> unindexed = new ArrayList<>();

    private final Commitments commitments;
    private final AuditIndex index;
    private final AuditJournal journal;
    private final Thread writer =
            Thread.ofPlatform().name("audit-journal").daemon(true).unstarted(this::writeAll);
    private final Thread follower =
            Thread.ofPlatform().name("audit-follow").daemon(true).unstarted(this::followAll);
    private volatile boolean open = true;
    private volatile boolean failed;

    private AuditTrail(Path file, Commitments commitments, JdbcTemplate jdbc) {
        this.commitments = commitments;
        this.index = new AuditIndex(jdbc);
        List<Written> found = new ArrayList<>();
        this.journal = AuditJournal.open(
                file, index.indexedTo(), (position, next, record) -> found.add(Written.of(record, position, next)));
        recover(found);
    }

    /** Appends to the record log what it lacks, and indexes. */
    private void recover(List<Written> found) {
        if (found.isEmpty()) {
            return;
        }
        Map<RecordEntry, Long> entries = new HashMap<>();
        for (long i = index.lastEntry() + 1; i < commitments.size(); i++) {
            entries.put(commitments.entry(i), i);
        }
        List<RecordEntry> missing = found.stream()
                .map(Written::commitment)
                .filter(commitment -> !entries.containsKey(commitment))
                .toList();
        List<Long> appended = append(missing);
        for (int i = 0; i < appended.size(); i++) {
            entries.put(missing.get(i), appended.get(i));
        }
        index.add(found.stream()
                .map(one -> one.place.at(Objects.requireNonNull(entries.get(one.commitment))))
                .toList());
        LOGGER.atInfo()
                .addKeyValue("indexed", found.size())
                .addKeyValue("appended", missing.size())
                .log("audit trail recovered after an interruption");
    }

    /** Opens or creates the trail whose journal is {@code file}. */
    public static AuditTrail open(Path file, Commitments commitments, JdbcTemplate jdbc) {
        AuditTrail trail = new AuditTrail(file, commitments, jdbc);
        trail.writer.start();
        trail.follower.start();
        return trail;
    }

    /** Makes {@code record} durable. @throws AuditUnavailableException if it isn't, or not known to be */
    public void commit(AuditRecord record) {
        Waiting mine = new Waiting(record, new CompletableFuture<>());
        if (failed || !open || !waiting.offer(mine)) {
            throw new AuditUnavailableException();
        }
        try {
            mine.committed.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditUnavailableException();
        } catch (ExecutionException | TimeoutException e) {
            throw new AuditUnavailableException();
        }
    }

    /** A patient's records before journal position {@code before}, newest first. */
    public List<Found> find(String handle, long before, int most) {
        follow();
        return index.find(handle, before, most).stream().map(this::found).toList();
    }

    /** All records before journal position {@code before}, newest first. */
    public List<Found> findAll(long before, int most) {
        follow();
        return index.findAll(before, most).stream().map(this::found).toList();
    }

    /** The record with this id. */
    public Optional<Found> find(String id) {
        follow();
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
            writer.join(TimeUnit.SECONDS.toMillis(30));
            follower.join(TimeUnit.SECONDS.toMillis(30));
            follow();
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

    private void writeAll() {
        while (open || !waiting.isEmpty()) {
            List<Waiting> batch = take(waiting);
            if (!batch.isEmpty()) {
                write(batch);
            }
        }
    }

    private void write(List<Waiting> batch) {
        try {
            long[] positions =
                    journal.append(batch.stream().map(Waiting::record).toList());
            for (int i = 0; i < batch.size(); i++) {
                written.put(Written.of(batch.get(i).record, positions[i], positions[i + 1])); // waits if far behind
                batch.get(i).committed.complete(null);
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            fail(e);
            batch.forEach(lost -> lost.committed.completeExceptionally(e));
        }
    }

    private void fail(Exception e) {
        failed = true;
        LOGGER.atError().addKeyValue("error", e.toString()).log("audit trail can't be written; nothing is disclosed");
    }

    private void followAll() {
        while (open || writer.isAlive()) {
            try {
                Thread.sleep(FOLLOW_EVERY);
                follow();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOGGER.atDebug().setCause(e).log("audit trail did not follow its journal");
            }
        }
    }

    /** Brings the record log and the index up to the journal; where that fails, opening the trail again does it. */
    private void follow() {
        synchronized (unindexed) {
            try {
                List<Written> batch = new ArrayList<>();
                written.drainTo(batch);
                List<Long> entries =
                        append(batch.stream().map(Written::commitment).toList());
                for (int i = 0; i < batch.size(); i++) {
                    unindexed.add(batch.get(i).place.at(entries.get(i)));
                }
                if (!unindexed.isEmpty()) {
                    index.add(unindexed);
                    unindexed.clear();
                }
            } catch (RuntimeException e) {
                fail(e);
                throw e;
            }
        }
    }

    private List<Long> append(List<RecordEntry> entries) {
        return commitments.append(entries).stream().map(CompletableFuture::join).toList();
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
