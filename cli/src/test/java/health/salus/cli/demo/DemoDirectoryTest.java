package health.salus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.cli.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void what_an_earlier_demo_left_is_removed() throws IOException {
        Path path = temporary.resolve("demo");
        try (DemoDirectory first = DemoDirectory.fresh(path)) {
            Files.createDirectories(first.file("node/ledger"));
            Files.writeString(first.file("node/ledger/entry"), "old");
        }
        try (DemoDirectory second = DemoDirectory.fresh(path)) {
            assertThat(second.file("node")).doesNotExist();
        }
    }

    @Test
    void what_somebody_else_left_stays() throws IOException {
        Path letter = Files.writeString(temporary.resolve("letter"), "dear reader");

        assertThatThrownBy(() -> DemoDirectory.fresh(temporary))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("something else");
        assertThat(letter).exists();
    }

    @Test
    void two_demos_do_not_share_a_directory() throws IOException {
        try (DemoDirectory running = DemoDirectory.fresh(temporary)) {
            Files.writeString(running.file("ledger"), "in use");

            assertThatThrownBy(() -> DemoDirectory.fresh(temporary)).hasMessageContaining("a demo is running");
            assertThat(running.file("ledger")).exists();
        }
    }
}
