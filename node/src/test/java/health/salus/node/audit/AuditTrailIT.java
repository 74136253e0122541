package health.salus.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class AuditTrailIT {
    private static final String HANDLE = "NPqZ41Dcl0jjLXVSxXN4yQ";

    @TempDir
    private Path directory;

    private final JdbcTemplate database = database();
    private final RecordLog log = new RecordLog();

    @Test
    void what_was_committed_is_found_with_its_commitment() {
        try (AuditTrail trail = open(database, log)) {
            trail.commit(record("one"));
            trail.commit(record("two"));

            assertThat(trail.find(HANDLE, AuditFilter.ALL, Long.MAX_VALUE, 10))
                    .extracting(found -> found.record().id())
                    .containsExactly("two", "one");
            assertThat(trail.find("two"))
                    .hasValueSatisfying(found ->
                            assertThat(log.entries.get((int) found.entry())).isEqualTo(commitment(found.record())));
        }
    }

    @Test
    void what_a_crash_kept_from_the_record_log_and_the_index_gets_there_once() {
        // Given a journal whose last records are neither in the record log nor in the index, or in the log alone
        List<AuditRecord> records =
                IntStream.range(0, 4).mapToObj(i -> record("r" + i)).toList();
        try (AuditTrail trail = open(database, log)) {
            trail.commit(records.get(0));
        }
        try (AuditTrail trail = open(database(), new RecordLog())) { // the index of this one is thrown away
            records.subList(1, 4).forEach(trail::commit);
        }
        log.entries.add(commitment(records.get(1)));

        // When
        try (AuditTrail trail = open(database, log)) {
            // Then
            assertThat(trail.find("", AuditFilter.ALL, Long.MAX_VALUE, 10))
                    .extracting(found -> found.record().id())
                    .containsExactly("r3", "r2", "r1", "r0");
        }
        assertThat(log.entries)
                .containsExactlyElementsOf(
                        records.stream().map(AuditTrailIT::commitment).toList());
    }

    @Test
    void the_index_is_rebuilt_from_the_journal() {
        try (AuditTrail trail = open(database, log)) {
            trail.commit(record("one"));
        }
        try (AuditTrail trail = open(database(), log)) {
            assertThat(trail.find("one")).isPresent();
        }
        assertThat(log.entries).hasSize(1);
    }

    @Test
    void nothing_is_accepted_any_more_once_the_record_log_refused() {
        try (AuditTrail trail = open(database, log)) {
            log.broken = true;
            trail.commit(record("one"));
            assertThatThrownBy(() -> trail.find("one")).isInstanceOf(RuntimeException.class);

            assertThatThrownBy(() -> trail.commit(record("more"))).isInstanceOf(AuditUnavailableException.class);
            log.broken = false;
        }
        try (AuditTrail trail = open(database, log)) { // nothing is lost
            assertThat(trail.find("one")).isPresent();
        }
    }

    @Test
    void threads_that_commit_at_once_all_find_their_records() throws Exception {
        try (AuditTrail trail = open(database, log);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> commits = IntStream.range(0, 400)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> trail.commit(record("r" + i))))
                    .toList();
            for (Future<?> commit : commits) {
                commit.get();
            }

            assertThat(trail.find("", AuditFilter.ALL, Long.MAX_VALUE, 1000))
                    .extracting(found -> found.record().id())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 400).mapToObj(i -> "r" + i).toList());
        }
        assertThat(log.entries).hasSize(400).doesNotHaveDuplicates();
    }

    private AuditTrail open(JdbcTemplate jdbc, RecordLog commitments) {
        return AuditTrail.open(directory.resolve("audit.journal"), commitments, jdbc);
    }

    private static AuditRecord record(String id) {
        byte[] event = "{\"resourceType\":\"AuditEvent\",\"id\":\"%s\",\"meta\":{\"versionId\":\"1\"}}"
                .formatted(id)
                .getBytes(StandardCharsets.UTF_8);
        Seal seal = Seal.of(FhirJson.resource(event), OwnBases.NONE, new SecureRandom());
        return new AuditRecord(id, Instant.EPOCH, HANDLE, "clinic", seal, event);
    }

    private static RecordEntry commitment(AuditRecord record) {
        return new RecordEntry(RecordEntry.Kind.DISCLOSURE, record.seal().commitment());
    }

    private static JdbcTemplate database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new JdbcTemplate(source);
    }

    /** A record log in memory. */
    private static final class RecordLog implements AuditTrail.Commitments {
        private final List<RecordEntry> entries = new ArrayList<>();
        private volatile boolean broken;

        @Override
        public List<CompletableFuture<Long>> append(List<RecordEntry> appended) {
            if (broken && !appended.isEmpty()) {
                return List.of(CompletableFuture.failedFuture(new IllegalStateException("disk full")));
            }
            List<CompletableFuture<Long>> places = new ArrayList<>();
            for (RecordEntry entry : appended) {
                places.add(CompletableFuture.completedFuture((long) entries.size()));
                entries.add(entry);
            }
            return places;
        }

        @Override
        public long size() {
            return entries.size();
        }

        @Override
        public RecordEntry entry(long index) {
            return entries.get((int) index);
        }
    }
}
