package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.EventStream;
import health.salus.ledger.event.LedgerEvent;
import health.salus.ledger.state.StateProof;
import health.salus.ledger.state.VersionedState.ProofAt;
import health.salus.ledger.testing.RegisterContract;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerIT {
    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();

    @Test
    void an_accepted_transaction_changes_the_state_and_both_are_there_after_reopening() {
        Transaction transaction = network.add(1, 5);
        Submission.Committed committed;
        try (Ledger ledger = network.create(dir)) {
            committed = committed(ledger.submit(transaction.jws()).join());
            assertThat(committed.isAccepted()).isTrue();
            assertThat(committed.height()).isEqualTo(1);
            assertThat(TestNetwork.number(ledger.state(), 1)).isEqualTo(5);
        }

        try (Ledger ledger = network.open(dir)) {
            assertThat(ledger.transaction(transaction.id())).contains(committed);
            assertThat(TestNetwork.number(ledger.state(), 1)).isEqualTo(5);
        }
    }

    @Test
    void the_state_at_every_past_height_stays_readable() {
        try (Ledger ledger = network.create(dir)) {
            for (int i = 1; i <= 20; i++) {
                assertThat(submit(ledger, network.add(1, 2L * i)).height()).isEqualTo(i);
            }
            submit(ledger, network.sign(network.body("clear", 1, 0)));
        }

        try (Ledger ledger = network.open(dir)) {
            assertThat(TestNetwork.number(ledger.state(0), 1)).isEqualTo(-1);
            for (int i = 1; i <= 20; i++) {
                assertThat(TestNetwork.number(ledger.state(i), 1)).isEqualTo(i * (i + 1L));
            }
            assertThat(TestNetwork.number(ledger.state(), 1)).isEqualTo(-1);
            assertThatThrownBy(() -> ledger.state(22)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_same_transaction_is_executed_once_and_always_answered_alike() {
        Transaction transaction = network.add(1, 5);
        try (Ledger ledger = network.create(dir)) {
            List<CompletableFuture<Submission>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(ledger.submit(transaction.jws()));
            }
            Submission first = answers.getFirst().join();

            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(first));
            assertThat(TestNetwork.number(ledger.state(), 1)).isEqualTo(5);
        }
    }

    @Test
    void a_transaction_in_the_log_is_answered_alike_when_it_has_expired() {
        Transaction transaction = network.add(1, 1);
        Submission answer;
        try (Ledger ledger = network.create(dir)) {
            answer = ledger.submit(transaction.jws()).join();
        }
        InstantSource later = () -> Instant.now().plus(Duration.ofHours(2));
        try (Ledger ledger =
                Ledger.open(dir, network.signer, TestNetwork.RULES, LedgerOptions.DEFAULT.withClock(later))) {
            assertThat(answer).isInstanceOf(Submission.Committed.class);
            assertThat(ledger.submit(transaction.jws()).join()).isEqualTo(answer);
        }
    }

    @Test
    void a_rejected_transaction_changes_nothing_and_keeps_its_reason() {
        try (Ledger ledger = network.create(dir)) {
            submit(ledger, network.add(1, 5));

            assertThat(submit(ledger, network.add(1, 13)).rejection()).hasToString("Optional[unlucky]");
            assertThat(submit(ledger, network.sign(network.body("fail", 1, 0))).rejection())
                    .hasToString("Optional[contract-failure]");
            assertThat(submit(ledger, network.add(1, -1)).rejection()).hasToString("Optional[invalid-argument]");
            assertThat(TestNetwork.number(ledger.state(), 1)).isEqualTo(5);
        }
    }

    @Test
    void what_the_state_holds_is_proven_against_a_header() {
        try (Ledger ledger = network.create(dir)) {
            for (int i = 0; i < 200; i++) {
                submit(ledger, network.add(i, 2L * i));
            }
            for (int i = 0; i < 220; i++) {
                ProofAt found = ledger.prove(RegisterContract.key(TestNetwork.handle(i)));

                assertThat(found.value().isPresent()).isEqualTo(i < 200);
                assertThat(found.proof()
                                .check(
                                        RegisterContract.key(TestNetwork.handle(i)),
                                        found.value(),
                                        ledger.block(found.height()).state()))
                        .isInstanceOf(StateProof.Check.Verified.class);
            }
        }
    }

    @Test
    void events_come_in_order_from_any_cursor_also_from_before_the_start() throws InterruptedException {
        List<LedgerEvent> all = new ArrayList<>();
        try (Ledger ledger = network.create(dir)) {
            EventStream live = ledger.events(Cursor.START);
            for (int i = 1; i <= 30; i++) {
                submit(ledger, network.add(1, 2L * i));
                all.add(live.next(Duration.ofSeconds(5)).orElseThrow());
            }
            assertThat(live.next(Duration.ofMillis(1))).isEmpty();
        }

        try (Ledger ledger = network.open(dir)) {
            for (int from = 0; from < 30; from += 7) {
                EventStream stream =
                        ledger.events(Cursor.parse(all.get(from).cursor().toString()));
                for (int i = from; i < 30; i++) {
                    assertThat(stream.next(Duration.ofSeconds(5))).contains(all.get(i));
                }
            }
            submit(ledger, network.add(2, 1));
            assertThat(ledger.events(all.getLast().next()).next(Duration.ofSeconds(5)))
                    .map(LedgerEvent::cursor)
                    .contains(new Cursor(31, 0));
        }
    }

    @Test
    void a_deleted_state_is_rebuilt_from_the_log() {
        Optional<String> root;
        try (Ledger ledger = network.create(dir)) {
            for (int i = 0; i < 50; i++) {
                submit(ledger, network.add(i % 7, i));
            }
            root = Optional.of(ledger.lastBlock().state().toString());
        }
        Directories.delete(dir.resolve("state"));

        try (Ledger ledger = network.open(dir)) {
            assertThat(ledger.lastBlock().state()).hasToString(root.orElseThrow());
            assertThat(ledger.prove(RegisterContract.key(TestNetwork.handle(3))).value())
                    .isPresent();
        }
    }

    private static Submission.Committed submit(Ledger ledger, Transaction transaction) {
        return committed(ledger.submit(transaction.jws()).join());
    }

    private static Submission.Committed committed(Submission submission) {
        assertThat(submission).isInstanceOf(Submission.Committed.class);
        return (Submission.Committed) submission;
    }
}
