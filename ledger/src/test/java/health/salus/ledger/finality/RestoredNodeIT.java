package health.salus.ledger.finality;

import static health.salus.ledger.finality.FinalityIT.awaitFinal;
import static health.salus.ledger.finality.FinalityIT.committed;
import static health.salus.ledger.finality.Histories.assertOneFinalHistory;
import static health.salus.ledger.finality.Histories.await;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.Ledger;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.witness.DirectoryWitnessStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node restored from last week's copy never cosigns a second root for a size that it has cosigned. */
class RestoredNodeIT {
    @TempDir
    private Path dir;

    @ParameterizedTest(name = "witness memory too: {0}")
    @ValueSource(booleans = {false, true})
    void it_goes_on_where_it_was_when_the_others_are_there(boolean memoryToo) throws IOException {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            TestMember restored = grow(four, memoryToo);
            long cosigned = largest(four, restored);
            restored.start();
            long height = commit(four, "n0");
            four.members().forEach(member -> awaitFinal(member, height));

            await("its cosignature", () -> {
                restored.ledger().finality().answer(List.of(), true); // asks it to cosign, though others were enough
                return largest(four, restored) > cosigned;
            });
            assertOneRootOfEachSize(four);
            assertOneFinalHistory(four.members());
            assertThat(restored.ledger().finality().status().recovering()).isFalse();
        }
    }

    @ParameterizedTest(name = "witness memory too: {0}")
    @ValueSource(booleans = {false, true})
    void it_is_silent_while_nobody_can_tell_it_what_it_cosigned(boolean memoryToo) throws Exception {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            TestMember restored = grow(four, memoryToo);
            four.members().forEach(TestMember::stop);
            long remembered = remembered(four, restored);
            restored.start();
            Thread.sleep(1_000);
            restored.stop();
            assertThat(remembered(four, restored)).isEqualTo(remembered);

            four.startAll();
            long height = commit(four, "n0");
            four.members().forEach(member -> awaitFinal(member, height));
            assertOneRootOfEachSize(four);
        }
    }

    @ParameterizedTest(name = "witness memory too: {0}")
    @ValueSource(booleans = {false, true})
    void it_refuses_another_history_that_the_order_shows_it(boolean memoryToo) throws IOException {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            TestMember restored = grow(four, memoryToo);
            four.order.lieTo(restored.name, RestoredNodeIT::shortened);
            Ledger ledger = restored.start();
            for (int i = 0; i < 4; i++) { // until its own log is as long as what it cosigned
                long height = commit(four, "n0");
                four.members().subList(0, 3).forEach(member -> awaitFinal(member, height));
            }

            await("its end", () -> ledger.failure().isPresent());
            assertThat(ledger.failure()).containsInstanceOf(DivergenceException.class);
            assertThat(ledger.finality().finalHeight()).isLessThanOrEqualTo(1);
            assertOneRootOfEachSize(four);
        }
    }

    @Test
    void all_others_being_restarted_meanwhile_they_tell_it_from_the_checkpoint_that_they_kept() throws IOException {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            TestMember restored = grow(four, true);
            four.members().forEach(TestMember::stop);
            four.startAll();
            long height = commit(four, "n0");
            four.members().forEach(member -> awaitFinal(member, height));
            assertOneRootOfEachSize(four);
            assertThat(remembered(four, restored)).isPositive();
        }
    }

    @Test
    void a_network_of_one_that_is_restored_and_grows_otherwise_stops() throws IOException {
        try (TestConsortium one = new TestConsortium(dir, 1)) {
            TestMember alone = one.member("n0");
            alone.start();
            awaitFinal(alone, commit(one, "n0"));
            alone.stop();
            Path copy = copy(alone.directory());
            alone.start();
            order(one);
            awaitFinal(alone, 2);
            alone.stop();
            long remembered = remembered(one, alone);
            replace(copy, alone.directory());
            one.order.lieTo("n0", RestoredNodeIT::shortened);

            Ledger ledger = alone.start();

            one.order.inject(BatchCodec.encode(new Proposal(
                    ledger.lastBlock().time(),
                    List.of(),
                    List.of(Candidate.of(one.network.add(1, 1).jws())))));
            await("its end", () -> ledger.failure().isPresent());
            assertThat(ledger.failure()).containsInstanceOf(DivergenceException.class);
            assertThat(ledger.finality().finalHeight()).isLessThan(2);
            alone.stop();
            assertThat(remembered(one, alone)).isEqualTo(remembered);
        }
    }

    @Test
    void what_was_cosigned_and_told_nobody_is_cosigned_again_alike() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            long before = commit(four, "n0");
            four.members().forEach(member -> awaitFinal(member, before));
            TestMember cut = four.member("n3");
            four.cut("n3");
            long height = commit(four, "n0");
            await("its block", () -> cut.ledger().height() >= height);
            long size = Histories.head(cut.ledger()).size();
            cut.stop(); // it may have remembered its cosignature; nobody has it
            four.heal("n3");
            cut.start();
            await("its cosignature", () -> four.told("n3").containsKey(size));
            assertOneRootOfEachSize(four);
            awaitFinal(cut, height);
        }
    }

    /** Four nodes, and {@code n3}, stopped, as it was some blocks ago. */
    private TestMember grow(TestConsortium four, boolean memoryToo) throws IOException {
        four.startAll();
        long first = commit(four, "n0");
        four.members().forEach(member -> awaitFinal(member, first));
        TestMember restored = four.member("n3");
        restored.stop();
        Path ledger = copy(restored.directory());
        Path memory = copy(restored.memory());
        restored.start();
        for (int i = 0; i < 3; i++) {
            long height = order(four);
            four.members().forEach(member -> awaitFinal(member, height));
        }
        long last = four.member("n0").ledger().height();
        long size = four.member("n0").ledger().block(last).index() + 1;
        await("all cosignatures", () -> four.told("n3").containsKey(size));
        restored.stop();
        replace(ledger, restored.directory());
        if (memoryToo) {
            replace(memory, restored.memory());
        }
        return restored;
    }

    /** Orders two transactions at once. */
    private static long order(TestConsortium network) {
        Ledger ledger = network.member("n0").ledger();
        long height = ledger.height() + 1;
        network.order.inject(BatchCodec.encode(new Proposal(
                ledger.lastBlock().time(),
                ledger.finality().clocks(),
                List.of(
                        Candidate.of(network.network.add(1, 1).jws()),
                        Candidate.of(network.network.add(2, 1).jws())))));
        return height;
    }

    /** Without its last transaction, where it has several. */
    private static byte[] shortened(byte[] batch) {
        Proposal proposal = BatchCodec.decode(batch);
        int count = proposal.candidates().size();
        return count == 1
                ? batch
                : BatchCodec.encode(new Proposal(
                        proposal.time(),
                        proposal.clocks(),
                        proposal.candidates().subList(0, count - 1)));
    }

    private static long commit(TestConsortium network, String name) {
        return committed(network.member(name)
                        .ledger()
                        .submit(network.network.add(7, 1).jws()))
                .height();
    }

    private static void assertOneRootOfEachSize(TestConsortium network) {
        for (TestMember member : network.members()) {
            assertThat(network.told(member.name))
                    .allSatisfy((size, texts) -> assertThat(texts)
                            .as("%s at size %d", member.name, size)
                            .hasSize(1));
        }
    }

    private static long largest(TestConsortium network, TestMember member) {
        return network.told(member.name).keySet().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Size of the last checkpoint that a stopped or running node's witness remembers. */
    private static long remembered(TestConsortium network, TestMember member) throws IOException {
        if (member.isRunning()) {
            return largest(network, member);
        }
        try (DirectoryWitnessStore store = DirectoryWitnessStore.open(member.memory())) {
            return store.latest(network.network.genesis.origin())
                    .map(note -> Checkpoint.parse(note.text()).size())
                    .orElse(0L);
        }
    }

    private Path copy(Path from) throws IOException {
        Path to = dir.resolve(from.getFileName() + ".copy");
        copy(from, to);
        return to;
    }

    private static void replace(Path copy, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(copy, directory);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
