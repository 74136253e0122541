package health.salus.tlog;

import static health.salus.tlog.LogFixture.assertHolds;
import static health.salus.tlog.LogFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StoppedLogIT {
    @TempDir
    private Path directory;

    @Test
    void a_closed_log_is_read_to_its_end_with_its_checkpoint() {
        try (TileLog log = LogFixture.open(directory)) {
            log.append(entries(0, 600));
        }
        try (StoppedLog log = LogFixture.stopped(directory)) {
            assertHolds(log, 600);
            assertThat(log.checkpoint()).isEqualTo(LogFixture.read(directory).checkpoint());
        }
    }

    @Test
    void a_log_killed_before_it_published_is_read_to_its_end_and_has_no_checkpoint() {
        LogFixture.open(directory, TileLog.Options.DEFAULT, new TestDisk(directory, TestDisk.NONE))
                .append(entries(0, 300));
        try (StoppedLog log = LogFixture.stopped(directory)) {
            assertHolds(log, 300);
            assertThatThrownBy(log::checkpoint).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void what_is_being_written_is_not_read_and_what_is_being_read_is_not_written() {
        try (TileLog log = LogFixture.open(directory)) {
            log.append(entries(0, 10));
            assertThatThrownBy(() -> LogFixture.stopped(directory)).isInstanceOf(LogLockedException.class);
        }
        try (StoppedLog log = LogFixture.stopped(directory)) {
            assertThatThrownBy(() -> LogFixture.open(directory)).isInstanceOf(LogLockedException.class);
            assertHolds(log, 10);
        }
        LogFixture.open(directory).close();
    }

    /** Closing another channel of the file would give the lock up (fcntl), and a second process could write. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void being_refused_leaves_the_lock_with_its_holder() throws IOException {
        try (TileLog log = LogFixture.open(directory)) {
            String held = ":" + Files.getAttribute(directory.resolve("lock"), "unix:ino") + " ";
            assertThat(Path.of("/proc/locks")).content().contains(held);

            assertThatThrownBy(() -> LogFixture.open(directory)).isInstanceOf(LogLockedException.class);
            assertThatThrownBy(() -> LogFixture.stopped(directory)).isInstanceOf(LogLockedException.class);

            assertThat(Path.of("/proc/locks")).content().contains(held);
            log.append(entries(0, 10));
        }
    }

    @Test
    void a_copy_without_the_lock_file_is_read() throws IOException {
        try (TileLog log = LogFixture.open(directory)) {
            log.append(entries(0, 10));
        }
        Files.delete(directory.resolve("lock"));
        try (StoppedLog log = LogFixture.stopped(directory)) {
            assertHolds(log, 10);
        }
        assertThat(directory.resolve("lock")).doesNotExist();
    }
}
