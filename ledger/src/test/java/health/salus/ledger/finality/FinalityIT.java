package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.ordering.Delivery;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.receipt.ReceiptCheck;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.proof.PolicyCheck;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalityIT {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path dir;

    @Test
    void what_any_of_four_nodes_takes_in_becomes_final_on_all_under_one_root() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            List<CompletableFuture<Submission>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Ledger ledger = four.members().get(i % 4).ledger();
                answers.add(ledger.submit(four.network.add(i % 7, 1).jws()));
            }
            long last = answers.stream()
                    .mapToLong(answer -> committed(answer).height())
                    .max()
                    .orElseThrow();
            four.members().forEach(member -> awaitFinal(member, last));

            TrustPolicy policy = four.witnesses("n0", "n1", "n2", "n3").policy(four.network.genesis.origin());
            for (TestMember member : four.members()) {
                assertThat(policy.check(member.ledger().finality().checkpoint().orElseThrow()))
                        .isInstanceOfSatisfying(
                                PolicyCheck.Trusted.class,
                                trusted -> assertThat(trusted.witnesses()).hasSizeGreaterThanOrEqualTo(3));
                assertThat(member.ledger().log().head())
                        .isEqualTo(four.members().getFirst().ledger().log().head());
                assertThat(member.ledger().finality().evidence()).isEmpty();
            }
        }
    }

    @Test
    void a_final_receipt_is_checked_with_the_policy_file_alone() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            Transaction transaction = four.network.add(1, 1);
            TestMember asked = four.member("n2");
            awaitFinal(
                    asked, committed(asked.ledger().submit(transaction.jws())).height());

            String file = asked.ledger().receipt(transaction.id()).orElseThrow().encode();

            TrustPolicy policy = four.witnesses("n0", "n1", "n2", "n3").policy(four.network.genesis.origin());
            assertThat(Receipt.check(file, policy)).isInstanceOf(ReceiptCheck.Verified.class);
            TrustPolicy stricter = TrustPolicy.of(four.member("n1").log.verifier());
            assertThat(Receipt.check(file, stricter).isVerified()).isFalse();
        }
    }

    @Test
    void nothing_becomes_final_without_a_quorum_and_everything_does_when_it_is_back() throws Exception {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            awaitFinal(four.member("n0"), 0);
            four.cut("n2");
            four.cut("n3");
            Submission.Committed committed = committed(
                    four.member("n0").ledger().submit(four.network.add(1, 1).jws()));
            CompletableFuture<Void> made = four.member("n0").ledger().finality().whenFinal(committed.height());
            Thread.sleep(500);
            assertThat(made).isNotDone();
            assertThat(four.member("n0").ledger().finality().finalHeight()).isLessThan(committed.height());

            four.heal("n3");

            assertThat(made).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void three_of_four_go_on_and_the_fourth_catches_up() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            four.member("n3").stop();
            TestMember first = four.member("n0");
            Submission.Committed committed =
                    committed(first.ledger().submit(four.network.add(1, 1).jws()));
            awaitFinal(first, committed.height());

            four.member("n3").start();

            awaitFinal(four.member("n3"), committed.height());
        }
    }

    @Test
    void final_is_remembered_over_a_restart_of_all() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            TestMember first = four.member("n0");
            long height = committed(first.ledger().submit(four.network.add(1, 1).jws()))
                    .height();
            four.members().forEach(member -> awaitFinal(member, height));
            four.members().forEach(TestMember::stop);

            four.startAll();

            assertThat(first.ledger().finality().finalHeight()).isGreaterThanOrEqualTo(height);
            long next = committed(first.ledger().submit(four.network.add(2, 1).jws()))
                    .height();
            four.members().forEach(member -> awaitFinal(member, next));
        }
    }

    @Test
    void a_lost_quorum_of_the_ordering_refuses_and_stops_nothing() {
        try (TestConsortium one = new TestConsortium(dir, 1)) {
            one.startAll();
            Ledger ledger = one.member("n0").ledger();
            one.order.available(false);
            byte[] jws = one.network.add(1, 1).jws();
            assertThat(ledger.submit(jws).join()).isInstanceOfSatisfying(Submission.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Refusal.NO_QUORUM);
                assertThat(refused.retryAfter()).isPresent();
            });
            one.order.available(true);
            awaitFinal(one.member("n0"), committed(ledger.submit(jws)).height());
            assertThat(ledger.failure()).isEmpty();
        }
    }

    @Test
    void receipts_are_checked_across_changes_of_the_witnesses_by_whoever_trusts_the_first() {
        try (TestConsortium network = new TestConsortium(dir, 3)) {
            String origin = network.network.genesis.origin();
            TrustPolicy founders = network.witnesses("n0", "n1", "n2").policy(origin);
            network.startAll();
            TestMember first = network.member("n0");
            network.join("n3").start();
            network.join("n4").start();
            for (WitnessSet next : List.of(
                    network.witnesses("n0", "n1", "n2", "n3"),
                    network.witnesses("n0", "n1", "n2", "n3", "n4"),
                    network.witnesses("n1", "n2", "n3", "n4"),
                    network.witnesses("n3", "n4"))) {
                long height = committed(first.ledger()
                                .submit(network.network.witnesses(next).jws()))
                        .height();
                network.members().forEach(member -> awaitFinal(member, height));
            }
            Transaction transaction = network.network.add(1, 1);
            TestMember last = network.member("n4");
            awaitFinal(last, committed(last.ledger().submit(transaction.jws())).height());

            Receipt receipt = last.ledger().receipt(transaction.id()).orElseThrow();

            assertThat(receipt.handovers()).hasSize(4);
            assertThat(Receipt.check(receipt.encode(), founders).isVerified()).isTrue();
            assertThat(Receipt.check(
                                    receipt.encode(),
                                    network.witnesses("n3", "n4").policy(origin))
                            .isVerified())
                    .isTrue();
            Receipt broken = new Receipt(
                    receipt.transaction(),
                    receipt.block(),
                    receipt.transactionProof(),
                    receipt.blockProof(),
                    receipt.handovers().subList(3, 4)); // the founders had no quorum any more
            assertThat(Receipt.check(broken.encode(), founders).isVerified()).isFalse();
        }
    }

    @Test
    void a_node_that_joins_late_takes_final_blocks_from_others_across_changes_of_the_witnesses() throws Exception {
        try (TestConsortium network = new TestConsortium(dir, 3)) {
            network.startAll();
            TestMember first = network.member("n0");
            network.network.load(first.ledger(), 300);
            long height = committed(first.ledger()
                            .submit(network.network
                                    .witnesses(network.witnesses("n0", "n1"))
                                    .jws()))
                    .height();
            network.network.load(first.ledger(), 300);
            awaitFinal(first, first.ledger().height());

            HeldBack held = new HeldBack();
            Ledger late = network.join("n7").start(held);
            held.delivery().catchUp(height + 1);

            Checkpoint checkpoint = Checkpoint.parse(
                    first.ledger().finality().checkpoint().orElseThrow().text());
            assertThat(late.log().head().size()).isEqualTo(checkpoint.size());
            assertThat(late.log().head().root()).isEqualTo(checkpoint.root());
            assertThat(late.finality().finalHeight())
                    .as("known by the cosignatures that it took")
                    .isEqualTo(late.height());
            assertThat(late.finality().handovers())
                    .containsOnlyKeys(first.ledger().finality().handovers().keySet());
        }
    }

    /** Delivers nothing by itself. */
    private static final class HeldBack implements Ordering {
        private @Nullable Delivery delivery;

        Delivery delivery() {
            return Optional.ofNullable(delivery).orElseThrow();
        }

        @Override
        public void start(long next, Delivery to) {
            delivery = to;
        }

        @Override
        public void propose(Proposal proposal) {
            throw new OrderingUnavailableException("held back");
        }

        @Override
        public void close() {}
    }

    static Submission.Committed committed(CompletableFuture<Submission> answer) {
        Submission submission =
                answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (submission instanceof Submission.Committed committed && committed.isAccepted()) {
            return committed;
        }
        throw new AssertionError("not accepted: " + submission);
    }

    static void awaitFinal(TestMember member, long height) {
        member.ledger()
                .finality()
                .whenFinal(height)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
