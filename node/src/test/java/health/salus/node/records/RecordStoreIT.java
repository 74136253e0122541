package health.salus.node.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import health.salus.fhir.ResourceVersion;
import health.salus.fhirserver.H2Files;
import health.salus.tlog.TileLog;
import health.salus.tlog.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordStoreIT {
    private static final NoteSigner SIGNER = NoteSigner.generate("hospital.example/records", new SecureRandom());

    @TempDir
    Path directory;

    @Test
    void a_kept_version_has_its_seal_and_its_place_in_the_log() {
        try (RecordStore store = open()) {
            long position =
                    store.keep(version(1), bytes("seal 1"), bytes("entry 1")).join();

            assertThat(store.log().entry(position)).isEqualTo(bytes("entry 1"));
            assertThat(store.find(version(1))).hasValueSatisfying(kept -> {
                assertThat(kept.seal()).hasValue(bytes("seal 1"));
                assertThat(kept.position()).hasValue(position);
            });
        }
    }

    @Test
    void many_versions_kept_at_once_each_get_a_place_of_their_own() {
        try (RecordStore store = open()) {
            List<CompletableFuture<Long>> kept = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                kept.add(store.keep(version(i), bytes("seal " + i), bytes("entry " + i)));
            }

            assertThat(kept.stream().map(CompletableFuture::join))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 1_000).boxed().toList());
        }
    }

    @Test
    void a_version_kept_twice_keeps_its_first_seal() {
        try (RecordStore store = open()) {
            long first = store.keep(version(1), bytes("seal"), bytes("entry")).join();
            long second = store.keep(version(1), bytes("other seal"), bytes("other entry"))
                    .join();

            assertThat(second).isEqualTo(first);
            assertThat(store.log().head().size()).isEqualTo(1);
            assertThat(store.find(version(1)).orElseThrow().seal()).hasValue(bytes("seal"));
        }
    }

    @Test
    void what_was_kept_is_there_after_a_restart() {
        try (RecordStore store = open()) {
            store.keep(version(1), bytes("seal"), bytes("entry")).join();
        }
        try (RecordStore store = open()) {
            assertThat(store.find(version(1)).orElseThrow().position()).hasValue(0);
            assertThat(store.keep(version(2), bytes("seal 2"), bytes("entry 2")).join())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_crash_before_the_log_is_made_good_by_appending() {
        try (SealTable table = new SealTable(database())) {
            table.createSchema();
            table.insert(List.of(new SealRow(version(1), bytes("seal"), bytes("entry"))), 0);
        }
        try (RecordStore store = open()) {
            assertThat(store.log().entry(0)).isEqualTo(bytes("entry"));
            assertThat(store.find(version(1)).orElseThrow().position()).hasValue(0);
        }
    }

    @Test
    void a_crash_after_the_log_is_made_good_without_a_second_entry() {
        try (SealTable table = new SealTable(database());
                TileLog log = log()) {
            table.createSchema();
            table.insert(List.of(new SealRow(version(1), bytes("seal"), bytes("entry"))), 0);
            log.append(List.of(bytes("another's"), bytes("entry")));
        }
        try (RecordStore store = open()) {
            assertThat(store.log().head().size()).isEqualTo(2);
            assertThat(store.find(version(1)).orElseThrow().position()).hasValue(1);
        }
    }

    @Test
    void erasing_destroys_the_seals_and_tells_their_places() {
        try (RecordStore store = open()) {
            store.keep(version(1), bytes("seal 1"), bytes("entry 1")).join();
            store.keep(version(2), bytes("seal 2"), bytes("entry 2")).join();

            assertThat(store.erase("Patient", "p")).containsExactly(0L, 1L);
            assertThat(store.versions("Patient", "p"))
                    .allSatisfy(kept -> assertThat(kept.seal()).isEmpty());
        }
    }

    private RecordStore open() {
        return RecordStore.open(database(), log());
    }

    private HikariDataSource database() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(H2Files.jdbcUrl(directory.resolve("records")));
        return database;
    }

    private TileLog log() {
        return TileLog.open(directory.resolve("log"), "hospital.example/records", SIGNER);
    }

    private static ResourceVersion version(int number) {
        return new ResourceVersion("Patient", "p", Integer.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
