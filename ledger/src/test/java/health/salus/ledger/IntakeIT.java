package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeIT {
    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();

    @Test
    void a_full_queue_refuses_as_busy_and_says_when_to_come_back() throws InterruptedException {
        CountDownLatch slowDisk = new CountDownLatch(1);
        CommitStep.Watcher watcher = (step, height) -> {
            if (step == CommitStep.PREPARED && height == 1) {
                awaitQuietly(slowDisk);
            }
        };
        try (Ledger ledger = create(LedgerOptions.DEFAULT.withMaxInFlight(10), watcher)) {
            List<CompletableFuture<Submission>> taken = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                taken.add(ledger.submit(network.add(i, 1).jws()));
            }
            Transaction late = network.add(10, 1);

            assertThat(ledger.submit(late.jws()).join()).isInstanceOfSatisfying(Submission.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Refusal.BUSY);
                assertThat(refused.retryAfter()).isPresent();
            });
            slowDisk.countDown();
            assertThat(taken).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Submission.Committed.class));
            assertThat(ledger.submit(late.jws()).join()).isInstanceOf(Submission.Committed.class);
        }
    }

    @Test
    void closing_answers_what_was_taken_in_and_refuses_what_comes_later() {
        Ledger ledger = network.create(dir);
        List<CompletableFuture<Submission>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(ledger.submit(network.add(i, 1).jws()));
        }
        ledger.close();

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer).isCompletedWithValueMatching(Submission.Committed.class::isInstance));
        assertThat(ledger.submit(network.add(1, 1).jws()).join()).isEqualTo(Submission.Refused.of(Refusal.STOPPED));
    }

    @Test
    void a_commit_that_fails_unexpectedly_is_answered_as_unknown_and_stops_the_intake_but_not_the_readers() {
        CommitStep.Watcher watcher = (step, height) -> {
            if (step == CommitStep.APPENDED && height == 2) {
                throw new IllegalStateException("lightning");
            }
        };
        Transaction lost = network.add(2, 1);
        try (Ledger ledger = create(LedgerOptions.DEFAULT, watcher)) {
            ledger.submit(network.add(1, 1).jws()).join();

            assertThat(ledger.submit(lost.jws()).join()).isEqualTo(new Submission.Unknown(lost.id()));
            assertThat(ledger.failure()).isPresent();
            assertThat(ledger.submit(network.add(3, 1).jws()).join()).isEqualTo(Submission.Refused.of(Refusal.STOPPED));
            assertThat(TestNetwork.number(ledger.state(), 1)).isEqualTo(1);
        }
        try (Ledger ledger = network.open(dir)) { // it was in the log after all
            assertThat(ledger.transaction(lost.id())).isPresent();
            assertThat(ledger.submit(lost.jws()).join()).isInstanceOf(Submission.Committed.class);
            assertThat(TestNetwork.number(ledger.state(), 2)).isEqualTo(1);
        }
    }

    private Ledger create(LedgerOptions options, CommitStep.Watcher watcher) {
        return Ledger.create(dir, network.genesis, network.signer, TestNetwork.RULES, options, watcher);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
