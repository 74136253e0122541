package health.salus.tlog;

import static health.salus.tlog.LogFixture.TREE;
import static health.salus.tlog.LogFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.tlog.merkle.TreeHead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentReadIT {
    private static final int SIZE = 30_000;

    @TempDir
    private Path directory;

    @Test
    void whatever_readers_see_while_the_log_grows_verifies() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (TileLog log =
                        TileLog.open(directory, LogFixture.ORIGIN, LogFixture.SIGNER, new TileLog.Options(50_000, 8));
                ExecutorService readers = Executors.newFixedThreadPool(3)) {
            log.append(entries(0, 1));
            List<Future<Integer>> reading = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reading.add(readers.submit(reader(log, done)));
            }
            for (int from = 1; from < SIZE; from += 37) {
                log.append(entries(from, Math.min(SIZE, from + 37)));
            }
            done.set(true);
            for (Future<Integer> reader : reading) {
                assertThat(reader.get()).isPositive();
            }
        }
        LogFixture.assertHolds(LogFixture.read(directory), SIZE);
    }

    private static Callable<Integer> reader(TileLog log, AtomicBoolean done) {
        return () -> {
            int rounds = 0;
            TreeHead older = log.head();
            while (!done.get() || rounds == 0) {
                TreeHead head = log.head();
                assertThat(head).isEqualTo(TREE.head((int) head.size()));
                int index = ThreadLocalRandom.current().nextInt((int) head.size());
                assertThat(log.entry(index)).isEqualTo(TREE.entry(index));
                assertThat(log.inclusionProof(index, head.size())
                                .check(TREE.leaf(index), head)
                                .isVerified())
                        .isTrue();
                assertThat(log.consistencyProof(older.size(), head.size())
                                .check(older, head)
                                .isVerified())
                        .isTrue();
                log.scan(
                        Math.max(0, index - 300),
                        index,
                        (at, entry) -> assertThat(entry).isEqualTo(TREE.entry((int) at)));
                older = head;
                rounds++;
            }
            return rounds;
        };
    }
}
