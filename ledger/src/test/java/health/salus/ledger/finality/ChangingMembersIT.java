package health.salus.ledger.finality;

import static health.salus.ledger.finality.FinalityIT.awaitFinal;
import static health.salus.ledger.finality.FinalityIT.committed;
import static health.salus.ledger.finality.Histories.assertOneFinalHistory;
import static health.salus.ledger.finality.Histories.await;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.Ledger;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingMembersIT {
    @TempDir
    private Path dir;

    @Test
    void members_come_and_go_under_load_and_every_change_is_handed_over() {
        try (TestConsortium network = new TestConsortium(dir, 1)) {
            TrustPolicy founder = network.witnesses("n0").policy(network.network.genesis.origin());
            TestMember first = network.member("n0");
            first.start();
            for (int i = 1; i < 7; i++) {
                network.join("n" + i).start();
            }
            for (int n : List.of(2, 3, 4, 7, 4)) {
                for (int i = 0; i < 40; i++) {
                    var _ = network.members()
                            .get(i % 7)
                            .ledger()
                            .submit(network.network.add(i, 1).jws());
                }
                committed(first.ledger()
                        .submit(network.network.witnesses(set(network, n)).jws())); // without waiting until it is final
            }
            Transaction transaction = network.network.add(1, 1);
            long height = committed(first.ledger().submit(transaction.jws())).height();
            network.members().forEach(member -> awaitFinal(member, height));

            assertOneFinalHistory(network.members());
            for (TestMember member : network.members()) {
                await("handovers", () -> member.ledger().finality().handovers().size() == 5);
                assertThat(Receipt.check(
                                        member.ledger()
                                                .receipt(transaction.id())
                                                .orElseThrow()
                                                .encode(),
                                        founder)
                                .isVerified())
                        .as(member.name)
                        .isTrue();
                assertThat(member.ledger().finality().evidence()).isEmpty();
            }
        }
    }

    @Test
    void all_are_restarted_at_once_whenever_and_lose_no_handover() {
        try (TestConsortium network = new TestConsortium(dir, 4)) {
            TrustPolicy founders = network.witnesses("n0", "n1", "n2", "n3").policy(network.network.genesis.origin());
            network.startAll();
            TestMember first = network.member("n0");
            long height = 0;
            for (int n : List.of(3, 4, 3, 4)) {
                network.network.load(first.ledger(), 20);
                height = committed(first.ledger()
                                .submit(network.network
                                        .witnesses(set(network, n))
                                        .jws()))
                        .height();
                network.members().forEach(TestMember::stop); // perhaps before anybody has cosigned the change
                network.startAll();
            }
            Transaction transaction = network.network.add(1, 1);
            long last = committed(first.ledger().submit(transaction.jws())).height();
            network.members().forEach(member -> awaitFinal(member, last));
            assertThat(last).isGreaterThan(height);
            for (TestMember member : network.members()) {
                await("handovers", () -> member.ledger().finality().handovers().size() == 4);
                Receipt receipt = member.ledger().receipt(transaction.id()).orElseThrow();
                assertThat(Receipt.check(receipt.encode(), founders).isVerified())
                        .isTrue();
            }
        }
    }

    @Test
    void what_is_not_final_for_long_is_when_the_others_are_back() {
        try (TestConsortium two = new TestConsortium(dir, 2)) {
            two.startAll();
            two.network.load(two.member("n0").ledger(), 10);
            long known = two.member("n0").ledger().height();
            two.members().forEach(member -> awaitFinal(member, known));
            two.member("n1").stop();
            Ledger ledger = two.member("n0").ledger();
            for (int i = 0; i < 400; i++) {
                committed(ledger.submit(two.network.add(i, 1).jws()));
            }
            assertThat(ledger.finality().finalHeight()).isLessThan(ledger.height());

            two.member("n1").start();

            long height = ledger.height();
            two.members().forEach(member -> awaitFinal(member, height));
            assertOneFinalHistory(two.members());
        }
    }

    private static WitnessSet set(TestConsortium network, int n) {
        return network.witnesses(IntStream.range(0, n).mapToObj(i -> "n" + i).toArray(String[]::new));
    }
}
