package health.salus.node.audit;

import health.salus.fhir.seal.RecordEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(30);
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

    /** In the journal; the place's entry isn't known yet. */
    private record Written(AuditIndex.Place place, RecordEntry commitment) {
        static Written of(AuditRecord record, long position, long next) {
            return new Written(AuditIndex.Place.of(record, position, next, -1), entry(record));
        }
    }

    private final GroupCommit<AuditRecord> writes =
            new GroupCommit<>(MOST_TOGETHER, 8 * MOST_TOGETHER, WRITTEN_WITHIN, this::write);
    private final LinkedBlockingQueue<Written> written = new LinkedBlockingQueue<>();
    /** In the record log, not indexed yet; also a lock. */
    private final List<AuditIndex.Place> unindexed = new ArrayList<>();

    private final Commitments commitments;
    private final AuditIndex index;
    private final AuditJournal journal;
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
        trail.follower.start();
        return trail;
    }

    /** Makes {@code record} durable. @throws AuditUnavailableException if it isn't, or not known to be */
    public void commit(AuditRecord record) {
        if (failed || !open) {
            throw new AuditUnavailableException();
        }
        try {
            writes.commit(record);
        } catch (IOException | RuntimeException e) { // logged where it was noticed
            throw new AuditUnavailableException();
        }
    }

    /**
     * The records before journal position {@code before} that are wanted, newest first.
     *
     * @param handle patient whom they concern; empty for everybody's
     */
    public List<Found> find(String handle, AuditFilter filter, long before, int most) {
        follow();
        return index.find(handle, filter, before, most).stream()
                .map(this::found)
                .toList();
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
            writes.await();
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
        return new RecordEntry(RecordEntry.Kind.DISCLOSURE, record.seal().commitment());
    }

    private void write(List<AuditRecord> records) throws IOException {
        try {
            long[] positions = journal.append(records);
            for (int i = 0; i < positions.length - 1; i++) {
                written.add(Written.of(records.get(i), positions[i], positions[i + 1]));
            }
            if (written.size() > MOST_BEHIND) {
                follow();
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    private void fail(Exception e) {
        failed = true;
        LOGGER.atError().addKeyValue("error", e.toString()).log("audit trail can't be written; nothing is disclosed");
    }

    private void followAll() {
        while (open) {
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
}
