package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.verify.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on the disk after each step of a commit is what a crash then leaves; a copy of it must open and be whole. */
class CrashIT {
    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();
    private final Map<Sha256, Submission> acknowledged = new ConcurrentHashMap<>();

    @ParameterizedTest(name = "crash after {0} of block {1}")
    @CsvSource({
        "EXECUTED,1", "PREPARED,1", "APPENDED,1", "APPLIED,1", "ANSWERED,1",
        "EXECUTED,40", "PREPARED,40", "APPENDED,40", "APPLIED,40", "ANSWERED,40"
    })
    void a_crash_after_any_step_loses_and_doubles_nothing(CommitStep fatal, long height) throws InterruptedException {
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            transactions.add(network.add(i % 5, 1));
        }
        Map<Sha256, Submission> before = runUntil(fatal, height, transactions);

        Path crashed = dir.resolve("crashed");
        try (Ledger ledger = network.open(crashed)) {
            assertThat(ledger.height()).isEqualTo(fatal.compareTo(CommitStep.APPENDED) < 0 ? height - 1 : height);
            before.forEach((id, answer) -> assertThat(ledger.transaction(id).map(Submission.class::cast))
                    .contains(answer));
            for (Transaction transaction : transactions) {
                assertThat(ledger.submit(transaction.jws()).join()).isInstanceOf(Submission.Committed.class);
            }
            long sum = 0;
            for (int i = 0; i < 5; i++) {
                sum += TestNetwork.number(ledger.state(), i);
            }
            assertThat(sum).isEqualTo(60);
        }
        assertThat(network.verify(crashed, dir.resolve("scratch"))).isInstanceOf(Verification.Clean.class);
    }

    /** Copies the ledger's files when the step is done, and answers what was acknowledged by then. */
    private Map<Sha256, Submission> runUntil(CommitStep fatal, long height, List<Transaction> transactions)
            throws InterruptedException {
        Path running = dir.resolve("running");
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch copied = new CountDownLatch(1);
        Semaphore answered = new Semaphore(0);
        Map<Sha256, Submission> before = new ConcurrentHashMap<>();
        CommitStep.Watcher watcher = (step, at) -> {
            if (step == fatal && at == height && over.compareAndSet(false, true)) {
                before.putAll(acknowledged);
                Directories.copy(running, dir.resolve("crashed"));
                copied.countDown();
            }
            if (step == CommitStep.ANSWERED) {
                answered.release();
            }
        };
        try (Ledger ledger = Ledger.create(
                running, network.genesis, network.signer, TestNetwork.RULES, LedgerOptions.DEFAULT, watcher)) {
            for (Transaction transaction : transactions) {
                acknowledged.put(
                        transaction.id(), ledger.submit(transaction.jws()).join());
                answered.acquire(); // nothing may change while files are copied
            }
            assertThat(copied.await(30, TimeUnit.SECONDS)).isTrue();
        }
        return before;
    }
}
