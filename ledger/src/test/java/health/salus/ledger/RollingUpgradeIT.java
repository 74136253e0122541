package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Contracts;
import health.salus.ledger.contract.MissingContractException;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.contract.WorldState;
import health.salus.ledger.testing.RegisterContract;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingUpgradeIT {
    private static final int PATIENCE_SECONDS = 60;
    private static final long AMOUNT = 1_000;
    private static final Rules BEFORE = rules(new Upgrade(), new RegisterContract());
    private static final Rules AFTER = rules(new Upgrade(), new RegisterContract(), new DoublingRegister());

    @TempDir
    private Path dir;

    @Test
    void a_version_that_some_nodes_have_and_nobody_activated_changes_nothing() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.members().forEach(member -> member.rules(BEFORE));
            four.startAll();
            add(four, "n0");

            for (String next : List.of("n0", "n1", "n2")) { // one after the other, while the others go on
                four.member(next).stop();
                add(four, "n3");
                four.member(next).rules(AFTER);
                four.member(next).start();
                add(four, next);
            }

            assertThat(four.members()).allSatisfy(member -> {
                assertThat(TestNetwork.number(member.ledger().state(), 1)).isEqualTo(7 * AMOUNT);
                assertThat(member.ledger().failure()).isEmpty();
            });
        }
    }

    @Test
    void a_node_without_the_version_in_force_stops_there_and_goes_on_once_it_has_it() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.members().forEach(member -> member.rules(AFTER));
            TestMember late = four.member("n3");
            late.rules(BEFORE);
            four.startAll();
            add(four, "n0");
            long activation = four.member("n0").ledger().height() + 3;
            commit(four, "n0", activate(four, activation));
            long before = add(four, "n1");
            assertThat(before).isLessThan(activation);
            awaitFinal(late, before);

            long after = add(four, "n2", List.of("n0", "n1", "n2"));

            assertThat(after).isEqualTo(activation);
            await(() -> late.ledger().failure().isPresent());
            assertThat(late.ledger().failure()).containsInstanceOf(MissingContractException.class);
            assertThat(late.ledger().height()).isEqualTo(before);
            add(four, "n0", List.of("n0", "n1", "n2"));
            assertThat(TestNetwork.number(four.member("n0").ledger().state(), 1))
                    .isEqualTo(6 * AMOUNT);

            late.stop();
            late.rules(AFTER);
            late.start();
            add(four, "n3");

            assertThat(TestNetwork.number(late.ledger().state(), 1)).isEqualTo(8 * AMOUNT);
        }
    }

    private static Rules rules(Contract... contracts) {
        return new Rules(
                Contracts.of(contracts),
                RollingUpgradeIT::version,
                TestNetwork.RULES.keys(),
                TestNetwork.RULES.genesis());
    }

    private static OptionalInt version(StateView state, String contract, long height) {
        if (contract.equals(Upgrade.NAME)) {
            return OptionalInt.of(1);
        }
        boolean activated = state.get(Upgrade.KEY)
                .map(value -> value.members().get("height"))
                .filter(at -> at instanceof JsonInteger(long from) && from <= height)
                .isPresent();
        return activated ? OptionalInt.of(2) : TestNetwork.RULES.versions().inForce(state, contract, height);
    }

    private static Transaction activate(TestConsortium four, long height) {
        return four.network.sign(TransactionBody.of(
                four.network.genesis.network(),
                Upgrade.NAME,
                "activate",
                JsonObject.builder().put("height", height).build(),
                TestNetwork.expiry(Duration.ofHours(1))));
    }

    private static long add(TestConsortium four, String node) {
        return add(four, node, List.of("n0", "n1", "n2", "n3"));
    }

    /** Adds to one number, and waits until that is final on all of {@code nodes} that run. */
    private static long add(TestConsortium four, String node, List<String> nodes) {
        long height = commit(four, node, four.network.add(1, AMOUNT));
        nodes.stream().map(four::member).filter(TestMember::isRunning).forEach(member -> awaitFinal(member, height));
        return height;
    }

    private static long commit(TestConsortium four, String node, Transaction transaction) {
        Submission answer = four.member(node)
                .ledger()
                .submit(transaction.jws())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Submission.Committed.class,
                        committed -> assertThat(committed.isAccepted()).isTrue());
        return ((Submission.Committed) answer).height();
    }

    private static void awaitFinal(TestMember member, long height) {
        assertThat(member.ledger().finality().whenFinal(height)).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    /** Puts version 2 of the register in force from a height on. */
    private static final class Upgrade implements Contract {
        static final String NAME = "upgrade";
        static final StateKey KEY = new StateKey(NAME, "register");

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Set<String> actions() {
            return Set.of("activate");
        }

        @Override
        public Outcome apply(Call call, WorldState state) {
            long height = Arguments.of(call.arguments()).count("height", 1, Integer.MAX_VALUE);
            state.put(KEY, JsonObject.builder().put("height", height).build());
            return Outcome.accepted();
        }
    }

    /** Adds twice as much. */
    private static final class DoublingRegister implements Contract {
        private final RegisterContract one = new RegisterContract();

        @Override
        public String name() {
            return one.name();
        }

        @Override
        public int version() {
            return 2;
        }

        @Override
        public Set<String> actions() {
            return one.actions();
        }

        @Override
        public Outcome apply(Call call, WorldState state) {
            one.apply(call, state);
            return one.apply(call, state);
        }
    }
}
