package health.salus.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditJournalIT {
    private static final Seal SEAL =
            Seal.ofDeletion(ResourceVersion.parse("AuditEvent/1/_history/1"), new SecureRandom());

    @TempDir
    private Path directory;

    @Test
    void what_was_appended_is_found_again() throws IOException {
        write(record("a"), record("b"));
        write(record("c"));

        assertThat(found()).containsExactly("a", "b", "c");
    }

    @Test
    void a_record_is_read_at_its_position() throws IOException {
        try (AuditJournal journal = AuditJournal.open(file(), 0, (position, next, record) -> {})) {
            long[] positions = journal.append(List.of(record("a"), record("b")));

            assertThat(journal.read(positions[1]).id()).isEqualTo("b");
            assertThat(journal.read(positions[1]).event())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"b\":1}");
        }
    }

    @Test
    void a_record_cut_short_anywhere_by_a_crash_is_dropped() throws IOException {
        write(record("a"));
        long whole = Files.size(file());
        write(record("b"));
        byte[] both = Files.readAllBytes(file());
        for (int length = (int) whole; length < both.length; length++) {
            Files.write(file(), Arrays.copyOf(both, length));
            assertThat(found()).containsExactly("a");
            assertThat(Files.size(file())).isEqualTo(whole);
        }
    }

    @Test
    void zeros_at_the_end_are_dropped() throws IOException {
        write(record("a"));
        Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 100_000));

        assertThat(found()).containsExactly("a");
    }

    /** Disks write blocks in any order, so of a write that a power failure ended any of them can be missing. */
    @Test
    void a_write_that_lacks_any_blocks_is_dropped() throws IOException {
        write(record("a"));
        int whole = (int) Files.size(file());
        write(record("b", "x".repeat(600)), record("c", "y".repeat(700)));
        byte[] good = Files.readAllBytes(file());
        int blocks = (good.length + 511) / 512 - whole / 512;
        for (int lacking = 1; lacking < 1 << blocks; lacking++) {
            byte[] torn = Arrays.copyOf(good, 100_000);
            for (int block = 0; block < blocks; block++) {
                if ((lacking >> block & 1) == 1) {
                    int from = (whole / 512 + block) * 512;
                    Arrays.fill(torn, Math.max(from, whole), from + 512, (byte) 0);
                }
            }
            Files.write(file(), torn);
            assertThat(found()).isIn(List.of("a"), List.of("a", "b"));
        }
    }

    @Test
    void the_prepared_space_is_gone_once_the_journal_is_closed() throws IOException {
        try (AuditJournal journal = AuditJournal.open(file(), 0, (position, next, record) -> {})) {
            long[] positions = journal.append(List.of(record("a")));
            assertThat(Files.size(file())).isGreaterThan(positions[1]);
        }
        write();
        assertThat(found()).containsExactly("a");
        assertThat(Files.size(file())).isLessThan(1000);
    }

    @Test
    void any_altered_byte_is_noticed() throws IOException {
        write(record("a"), record("b"));
        byte[] good = Files.readAllBytes(file());
        for (int i = 0; i < good.length; i++) {
            byte[] altered = good.clone();
            altered[i] ^= 0x40;
            Files.write(file(), Arrays.copyOf(altered, altered.length + (i % 2) * 100_000)); // with space, and without
            assertThatThrownBy(this::found)
                    .isInstanceOf(CorruptAuditJournalException.class)
                    .hasMessageContaining(file().toString());
        }
    }

    private void write(AuditRecord... records) throws IOException {
        try (AuditJournal journal = AuditJournal.open(file(), 0, (position, next, record) -> {})) {
            journal.append(List.of(records));
        }
    }

    private List<String> found() throws IOException {
        List<String> ids = new ArrayList<>();
        AuditJournal.open(file(), 0, (position, next, record) -> ids.add(record.id()))
                .close();
        return ids;
    }

    private Path file() {
        return directory.resolve("audit.journal");
    }

    private static AuditRecord record(String id) {
        return record(id, "{\"" + id + "\":1}");
    }

    private static AuditRecord record(String id, String event) {
        return new AuditRecord(
                id,
                Instant.ofEpochMilli(1_700_000_000_000L),
                "handle",
                "clinic",
                SEAL,
                event.getBytes(StandardCharsets.UTF_8));
    }
}
