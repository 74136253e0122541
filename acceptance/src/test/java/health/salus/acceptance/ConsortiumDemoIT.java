package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./salus demo --organizations 4}, run once. */
class ConsortiumDemoIT {
    private static final String COMMAND = "salus demo --organizations 4";
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
                "--organizations",
                "4",
                "--directory",
                directory.resolve("demo").toString());
    }

    @Test
    void ends_well_and_every_step_holds() {
        assertThat(demo.exitCode()).as(demo.output() + demo.errors()).isZero();
        List<String> results = demo.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("✓") || line.startsWith("✗"))
                .toList();
        assertThat(results).hasSize(17).allMatch(result -> result.startsWith("✓"));
    }

    @Test
    void its_evidence_names_the_liar_to_whoever_has_the_policy() throws Exception {
        Path kept = directory.resolve("demo");
        SalusProcess judged = SalusProcess.run(
                directory,
                PATIENCE,
                "network",
                "evidence",
                kept.resolve("evidence.txt").toString(),
                "--policy",
                kept.resolve("network.policy").toString());

        assertThat(judged.exitCode()).isEqualTo(1);
        assertThat(judged.output()).contains("insurer lied about size");
    }

    @Test
    void a_receipt_from_after_the_vote_is_checked_by_the_founders_policy() throws Exception {
        Path kept = directory.resolve("demo");
        SalusProcess verified = SalusProcess.run(
                directory,
                PATIENCE,
                "receipt",
                "verify",
                kept.resolve("receipt-after.txt").toString(),
                "--policy",
                kept.resolve("network.policy").toString());

        assertThat(verified.exitCode()).as(verified.errors()).isZero();
    }

    @Test
    void documents_show_what_it_prints() throws IOException {
        for (String document : List.of("README.md", "docs/network-guide.md")) {
            Path path = SalusProcess.home().resolve(document);
            assertThat(Files.exists(path)).isTrue();
            for (DocumentedOutput block : DocumentedOutput.of(path, COMMAND)) {
                assertThat(block.missingIn(demo.output()))
                        .as("lines of " + document + " that the demo does not print")
                        .isEmpty();
            }
        }
    }
}
