package health.salus.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private long millis;

    @Test
    void work_that_ends_soon_is_not_mentioned() {
        try (Progress progress = progress(false)) {
            after(4_999);
            progress.at(99, 100);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void elsewhere_than_on_a_terminal_a_line_appears_every_five_seconds() {
        try (Progress progress = progress(false)) {
            for (int done = 1; done <= 12; done++) {
                after(1_000);
                progress.at(done * 1_000L, 12_000);
            }
        }
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("verifying entries: 5,000 of 12,000 (41 %, 1,000/s)\n"
                        + "verifying entries: 10,000 of 12,000 (83 %, 1,000/s)\n");
    }

    @Test
    void on_a_terminal_one_line_is_rewritten_and_cleared_at_the_end() {
        try (Progress progress = progress(true)) {
            after(200);
            progress.at(1, 2);
        }
        String line = "verifying entries: 1 of 2 (50 %, 5/s)";
        assertThat(err.toString()).isEqualTo("\r" + line + "\r" + " ".repeat(line.length()) + "\r");
    }

    private Progress progress(boolean terminal) {
        return new Progress(
                new PrintWriter(err), terminal, "verifying entries", () -> TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void after(long more) {
        millis += more;
    }
}
