package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.testing.TestNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExportIT {
    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();

    @Test
    void tells_how_many_entries_are_written() {
        try (Ledger ledger = network.create(dir.resolve("ledger"))) {
            List<CompletableFuture<Submission>> submissions = IntStream.range(0, 300)
                    .mapToObj(i -> ledger.submit(network.add(1, i).jws()))
                    .toList();
            submissions.forEach(CompletableFuture::join);
        }
        List<Long> told = new ArrayList<>();
        try (Ledger ledger = network.open(dir.resolve("ledger"))) {
            long size = ledger.log().head().size();

            LogExport.write(ledger.log(), Optional.empty(), dir.resolve("copy"), (entries, of) -> {
                assertThat(of).isEqualTo(size);
                told.add(entries);
            });

            assertThat(told).containsExactly(256L, size);
            assertThat(dir.resolve("copy/checkpoint")).exists();
            assertThat(Files.exists(dir.resolve("copy/tile/entries/000"))).isTrue();
        }
    }
}
