package health.salus.node.records;

import com.zaxxer.hikari.HikariDataSource;
import health.salus.fhir.ResourceVersion;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.TileLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seals of one organization's resource versions and the log of their commitments. What was kept is durable when its
 * future completes. Thread-safe.
 *
 * <p>One thread writes, in batches of whatever is waiting: the rows without a position, the log, the positions. So it
 * costs three forced writes for a batch rather than for a version, and a crash leaves at most rows without a position.
 * Opening looks for the entries of those behind the size that the log had when they were written, and appends what it
 * doesn't find: an entry is never in the log for a seal that nobody has.
 */
public final class RecordStore implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecordStore.class);
    private static final int MAX_WAITING = 8_192;
    private static final int MAX_BATCH = 2_048;

    private final SealTable table;
    private final TileLog log;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread writer;
    private volatile boolean closed;

    /** What is waiting to be written. */
    private sealed interface Waiting {
        CompletableFuture<Long> position();
    }

    /** A seal with its entry. */
    private record WaitingSeal(SealRow row, CompletableFuture<Long> position) implements Waiting {}

    /** An entry alone. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record WaitingEntry(byte[] entry, CompletableFuture<Long> position) implements Waiting {}

    /** Tells the writer that nothing follows. */
    private static final Waiting LAST = new WaitingEntry(new byte[0], new CompletableFuture<>());

    private RecordStore(SealTable table, TileLog log) {
        this.table = table;
        this.log = log;
        this.writer = Thread.ofPlatform().name("record-log").unstarted(this::write);
    }

    /**
     * Opens the store over its two parts, which it closes with itself or when this fails.
     *
     * @param database H2 or PostgreSQL; the schema is created in an empty one
     * @throws RecordStoreException if the two don't belong together
     */
    public static RecordStore open(HikariDataSource database, TileLog log) {
        SealTable table = new SealTable(database);
        try {
            table.createSchema();
            RecordStore store = new RecordStore(table, log);
            store.reconcile();
            store.writer.start();
            return store;
        } catch (RuntimeException e) {
            log.close();
            table.close();
            throw e;
        }
    }

    /**
     * Keeps the seal of a version and appends its entry. Waits while too many are waiting already.
     *
     * @param version which is sealed; sealed already, it keeps its first seal and position
     * @param seal what opens the commitment, destroyed by {@link #erase}
     * @param entry what goes into the log
     * @return the entry's index in the log
     */
    public CompletableFuture<Long> keep(ResourceVersion version, byte[] seal, byte[] entry) {
        return enqueue(new WaitingSeal(new SealRow(version, seal, entry), new CompletableFuture<>()));
    }

    /**
     * Appends an entry whose opening is kept elsewhere, if at all. Waits while too many are waiting already.
     *
     * @return the entry's index in the log
     */
    public CompletableFuture<Long> append(byte[] entry) {
        return enqueue(new WaitingEntry(entry.clone(), new CompletableFuture<>()));
    }

    private CompletableFuture<Long> enqueue(Waiting waiting) {
        try {
            if (closed) {
                throw new RecordStoreException("record store is closed");
            }
            queue.put(waiting);
            if (closed && queue.remove(waiting)) { // behind the last: nobody would write it
                throw new RecordStoreException("record store is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordStoreException("interrupted while too many records were waiting", e);
        }
        return waiting.position();
    }

    /** What is kept of a version, if anything ever was. */
    public Optional<KeptSeal> find(ResourceVersion version) {
        return table.find(version);
    }

    /** What is kept of all versions of a resource, in the order of the log. */
    public List<KeptSeal> versions(String type, String id) {
        return table.versions(type, id);
    }

    /** What is kept, and not erased, with positions after {@code position}, in the order of the log. */
    public List<KeptSeal> after(long position, int most) {
        return table.after(position, most);
    }

    /**
     * Destroys the seals of all versions of a resource: nobody can then tell what their entries committed to.
     *
     * @return the positions of those entries
     */
    public List<Long> erase(String type, String id) {
        return table.erase(type, id);
    }

    /** The log, for proofs. */
    public ReadableLog log() {
        return log;
    }

    /** Appends what is waiting, then closes the log and the database. */
    @Override
    public void close() {
        closed = true;
        try {
            queue.put(LAST); // rather than an interrupt, which would close the log's file
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
        table.close();
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        boolean last = false;
        while (!last) {
            try {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                last = batch.remove(LAST);
                write(batch);
                batch.clear();
            } catch (InterruptedException e) {
                LOGGER.atWarn().log("record log is not to be interrupted; it goes on");
            }
        }
    }

    private void write(List<Waiting> batch) {
        Map<ResourceVersion, List<WaitingSeal>> byVersion = new LinkedHashMap<>();
        List<WaitingEntry> entries = new ArrayList<>();
        for (Waiting waiting : batch) {
            switch (waiting) {
                case WaitingSeal seal ->
                    byVersion
                            .computeIfAbsent(seal.row().version(), key -> new ArrayList<>())
                            .add(seal);
                case WaitingEntry entry -> entries.add(entry);
            }
        }
        try {
            Map<ResourceVersion, Long> known =
                    byVersion.isEmpty() ? new LinkedHashMap<>() : table.positions(byVersion.keySet());
            List<SealRow> fresh = byVersion.values().stream()
                    .map(same -> same.getFirst().row())
                    .filter(row -> !known.containsKey(row.version()))
                    .toList();
            known.putAll(append(fresh, entries));
            byVersion.forEach((version, same) ->
                    same.forEach(waiting -> waiting.position().complete(known.get(version))));
        } catch (RuntimeException e) { // whoever waits must learn it; the next batch may fare better
            RecordStoreException told = e instanceof RecordStoreException known
                    ? known
                    : new RecordStoreException("record log can't be written", e);
            batch.forEach(waiting -> waiting.position().completeExceptionally(told));
        }
    }

    /** Appends to the log, with one forced write, the rows' entries and then the others. */
    private Map<ResourceVersion, Long> append(List<SealRow> rows, List<WaitingEntry> others) {
        Map<ResourceVersion, Long> positions = new LinkedHashMap<>();
        if (rows.isEmpty() && others.isEmpty()) {
            return positions;
        }
        if (!rows.isEmpty()) {
            table.insert(rows, log.head().size());
        }
        List<byte[]> entries = new ArrayList<>(rows.stream().map(SealRow::entry).toList());
        others.forEach(other -> entries.add(other.entry()));
        long first = log.append(entries).size() - entries.size();
        for (SealRow row : rows) {
            positions.put(row.version(), first + positions.size());
        }
        for (int i = 0; i < others.size(); i++) {
            others.get(i).position().complete(first + rows.size() + i);
        }
        if (!rows.isEmpty()) {
            table.place(positions);
        }
        return positions;
    }

    private void reconcile() {
        List<SealTable.Unplaced> unplaced = table.unplaced();
        if (unplaced.isEmpty()) {
            return;
        }
        long from = unplaced.stream().mapToLong(SealTable.Unplaced::since).min().orElseThrow();
        long size = log.head().size();
        if (from > size) {
            throw new RecordStoreException("record log holds " + size + " entries, its seals know of " + from
                    + "; restore both from the same backup");
        }
        Map<String, Long> found = new LinkedHashMap<>();
        log.scan(from, size, (index, entry) -> found.put(SealTable.hex(entry), index));
        Map<ResourceVersion, Long> positions = new LinkedHashMap<>();
        List<SealRow> missing = new ArrayList<>();
        for (SealTable.Unplaced row : unplaced) {
            Long position = found.get(SealTable.hex(row.row().entry()));
            if (position == null) {
                missing.add(row.row());
            } else {
                positions.put(row.row().version(), position);
            }
        }
        table.place(positions);
        append(missing, List.of());
        LOGGER.atInfo()
                .addKeyValue("log", log.origin())
                .addKeyValue("found", positions.size())
                .addKeyValue("appended", missing.size())
                .log("record log reconciled after an interruption");
    }
}
