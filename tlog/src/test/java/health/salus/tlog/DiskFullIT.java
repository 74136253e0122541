package health.salus.tlog;

import static health.salus.tlog.LogFixture.assertHolds;
import static health.salus.tlog.LogFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullIT {
    @TempDir
    private Path directory;

    private TestDisk disk;
    private TileLog log;

    @BeforeEach
    void openWithTenEntries() {
        disk = new TestDisk(directory, TestDisk.NONE);
        log = LogFixture.open(directory, TileLog.Options.DEFAULT, disk);
        log.append(entries(0, 10));
    }

    @Test
    void a_full_disk_refuses_the_append_and_nothing_of_it_is_left() {
        disk.fault(fullFor("append"));

        assertRefused(LogStorageException.Outcome.NOTHING_DONE, 10, 20);
        assertHolds(log, 10);

        disk.fault(TestDisk.NONE);
        log.append(entries(10, 600));
        assertHolds(log, 600);
        assertReopensWith(600);
    }

    @Test
    void a_full_disk_that_cannot_be_cut_back_demands_a_new_opening() {
        disk.fault((step, operation, file) -> {
            if (operation.equals("append") || operation.equals("truncate")) {
                throw new IOException("No space left on device");
            }
        });

        assertRefused(LogStorageException.Outcome.UNKNOWN, 10, 20);
        disk.fault(TestDisk.NONE);
        assertRefused(LogStorageException.Outcome.NOTHING_DONE, 10, 20);
        assertHolds(log, 10);
        assertReopensWith(10);
    }

    @Test
    void when_forcing_fails_the_outcome_is_unknown_until_the_log_is_opened_again() {
        disk.fault(fullFor("force"));

        assertRefused(LogStorageException.Outcome.UNKNOWN, 10, 20);
        disk.fault(TestDisk.NONE);
        assertRefused(LogStorageException.Outcome.NOTHING_DONE, 20, 30);
        assertHolds(log, 10);
        assertReopensWith(20); // this disk had kept the frame
    }

    @Test
    void tiles_that_find_no_space_wait_in_memory_and_hold_up_the_next_append() {
        disk.fault(fullFor("write"));

        log.append(entries(10, 600));
        assertHolds(log, 600);
        assertRefused(LogStorageException.Outcome.NOTHING_DONE, 600, 700);
        assertHolds(log, 600);

        disk.fault(TestDisk.NONE);
        log.append(entries(600, 700));
        assertHolds(log, 700);
        assertReopensWith(700);
    }

    @Test
    void tiles_that_never_found_space_come_back_from_the_journal() {
        disk.fault(fullFor("write"));
        log.append(entries(10, 600));
        assertReopensWith(600);
    }

    @Test
    void a_publication_that_finds_no_space_leaves_the_log_as_it_was() {
        disk.fault(fullFor("write"));
        assertThatThrownBy(log::publish).isInstanceOf(LogStorageException.class);
        disk.fault(TestDisk.NONE);
        log.append(entries(10, 20));
        log.publish();
        assertHolds(LogFixture.read(directory), 20);
    }

    @Test
    void a_new_journal_that_finds_no_space_is_begun_later() {
        log = LogFixture.open(directory, new TileLog.Options(500, 4), disk);
        disk.fault((step, operation, file) -> {
            if (operation.equals("write") && file.toString().endsWith(".tmp")) {
                throw new IOException("No space left on device");
            }
        });
        log.append(entries(10, 200));
        log.append(entries(200, 210));
        disk.fault(TestDisk.NONE);
        log.append(entries(210, 220));
        assertHolds(log, 220);
        assertHolds(LogFixture.read(directory), 220);
    }

    @Test
    void closing_without_space_says_so_and_loses_nothing() {
        disk.fault(fullFor("write"));
        assertThatThrownBy(log::close).isInstanceOf(LogStorageException.class);
        log.close();
        assertThatThrownBy(() -> log.append(List.of(new byte[1]))).isInstanceOf(IllegalStateException.class);
        assertReopensWith(10);
    }

    private static TestDisk.Fault fullFor(String refused) {
        return (step, operation, file) -> {
            if (operation.equals(refused)) {
                throw new IOException("No space left on device");
            }
        };
    }

    private void assertRefused(LogStorageException.Outcome outcome, int from, int to) {
        assertThatThrownBy(() -> log.append(entries(from, to)))
                .asInstanceOf(type(LogStorageException.class))
                .satisfies(e -> assertThat(e.outcome()).isEqualTo(outcome));
    }

    private void assertReopensWith(int size) {
        try (TileLog again =
                LogFixture.open(directory, TileLog.Options.DEFAULT, new TestDisk(directory, TestDisk.NONE))) {
            assertHolds(again, size);
        }
        assertHolds(LogFixture.read(directory), size);
    }
}
