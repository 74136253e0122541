package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./salus demo --exit}, run once. */
class DemoIT {
    private static final String COMMAND = "salus demo --exit";
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    static Path directory;

    private static SalusProcess demo = new SalusProcess(-1, "", "");

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        demo = SalusProcess.run(
                directory,
                PATIENCE,
                "demo",
                "--exit",
                "--directory",
                directory.resolve("demo").toString());
    }

    @Test
    void ends_well() {
        assertThat(demo.exitCode()).as(demo.output() + demo.errors()).isZero();
    }

    @Test
    void every_step_holds() {
        List<String> results = demo.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("✓") || line.startsWith("✗"))
                .toList();
        assertThat(results).hasSize(16).allMatch(result -> result.startsWith("✓"));
        assertThat(demo.output()).contains("All 16 steps held.");
    }

    @Test
    void at_least_20_patients_and_5000_resources_are_loaded() {
        String loaded = demo.output()
                .lines()
                .filter(line -> line.contains("resources of"))
                .findFirst()
                .orElseThrow();
        String[] numbers =
                loaded.replace(",", "").replaceAll("\\D+", " ").strip().split(" ", -1);
        assertThat(Integer.parseInt(numbers[0])).isGreaterThanOrEqualTo(5_000);
        assertThat(Integer.parseInt(numbers[1])).isGreaterThanOrEqualTo(20);
    }

    @Test
    void leaves_what_can_be_checked_without_it() {
        assertThat(directory.resolve("demo"))
                .isDirectoryContaining("glob:**/receipt.txt")
                .isDirectoryContaining("glob:**/ledger.vkey")
                .isDirectoryContaining("glob:**/ledger-export");
    }

    @Test
    void documents_show_what_it_prints() throws IOException {
        for (Path document : documents()) {
            for (DocumentedOutput block : DocumentedOutput.of(document, COMMAND)) {
                assertThat(block.missingIn(demo.output()))
                        .as("lines of " + document + " that the demo does not print")
                        .isEmpty();
            }
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(SalusProcess.home(), 3)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }
    }
}
