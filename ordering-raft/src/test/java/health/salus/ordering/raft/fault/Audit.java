package health.salus.ordering.raft.fault;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Progress;
import health.salus.ledger.verify.Verification;
import health.salus.ordering.raft.fault.Operation.Answer;
import health.salus.tlog.StoppedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares what clients were told with what settled nodes have. What is checked:
 *
 * <ul>
 *   <li>every acknowledged transaction is in the log of every node, at the acknowledged height and index with the
 *       acknowledged outcome, and in effect once: where the log has it again, it is rejected as replayed there; what was
 *       refused for good is nowhere;
 *   <li>all logs have one root after each block, whose header has the state root; every ledger verifies under its node's own
 *       key, and no node holds evidence against another;
 *   <li>registers hold the sum of the accepted additions, on every node;
 *   <li>strict serialisability, with the log as the order: whatever was answered before another operation was invoked comes
 *       before it, and every sum that an addition was answered is that of the additions up to its place;
 *   <li>linearisability of each register, by {@link RegisterChecker}, which does not look at the log;
 *   <li>a read of the newest final state, which may be old, gives the sum at the height that it names.
 * </ul>
 */
final class Audit {
    private final Consortium consortium;
    private final Path scratch;

    /** @param scratch a directory to copy and execute in */
    Audit(Consortium consortium, Path scratch) {
        this.consortium = consortium;
        this.scratch = scratch;
    }

    private record Placed(Transaction transaction, long height, long index, Optional<RejectionCode> rejection) {
        String id() {
            return transaction.id().toString();
        }

        boolean isReplay() {
            return rejection.filter(BlockExecutor.REPLAYED::equals).isPresent();
        }
    }

    /** @param roots by size, after each block; each block's header is under them, and the state root in it */
    private record Found(NavigableMap<Long, Sha256> roots, List<Placed> transactions) {}

    /** @param histories all since the network began */
    void check(List<History> histories) throws IOException {
        List<Operation> operations = histories.stream()
                .flatMap(history -> history.operations().stream())
                .toList();
        List<Operation.FinalRead> reads =
                histories.stream().flatMap(history -> history.reads().stream()).toList();
        Map<String, Found> found = new TreeMap<>();
        for (String name : consortium.names()) {
            found.put(name, examine(name));
        }
        // a transaction that was submitted to several nodes may come again, to be rejected, after all have settled
        long common = found.values().stream()
                .mapToLong(one -> one.roots().lastKey())
                .min()
                .orElseThrow();
        Found first = found.values().iterator().next();
        found.forEach((name, other) -> assertThat(other.roots().headMap(common, true))
                .as("roots of " + name)
                .isEqualTo(first.roots().headMap(common, true)));
        checkPlaces(operations, first.transactions());
        Map<Long, NavigableMap<Long, Long>> sums = checkSums(operations, first.transactions());
        checkStates(sums);
        checkOrder(operations);
        assertThat(reads)
                .allSatisfy(read -> assertThat(read.value())
                        .as(read.toString())
                        .isEqualTo(at(sums.getOrDefault(read.register(), new TreeMap<>()), read.height())));
        assertThat(RegisterChecker.notLinearisable(operations))
                .as("registers that are not linearisable")
                .isEmpty();
    }

    private Found examine(String name) throws IOException {
        Site site = consortium.node(name).site;
        Path copy = scratch.resolve("copy-" + name);
        consortium.node(name).snapshot(copy);
        assertThat(evidence(site)).as("evidence of " + name).isEmpty();
        String origin = consortium.network.genesis.origin();
        try (StoppedLog log =
                StoppedLog.open(copy.resolve("log"), origin, site.log(origin).verifier())) {
            Path execution = scratch.resolve("execution-" + name);
            Verification verification = new LedgerVerifier(log, TestNetwork.RULES, execution, 2, Progress.NONE)
                    .verify(copy.resolve("state"));
            assertThat(verification).as("ledger of " + name).isInstanceOf(Verification.Clean.class);
            return read(log);
        } finally {
            delete(scratch);
        }
    }

    private static List<String> evidence(Site site) throws IOException {
        try (Stream<Path> files = Files.list(site.ledger().resolve("finality"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("evidence"))
                    .toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Found read(StoppedLog log) {
        List<Placed> placed = new ArrayList<>();
        List<Transaction> block = new ArrayList<>();
        NavigableMap<Long, Sha256> roots = new TreeMap<>();
        log.scan(0, log.head().size(), (index, entry) -> {
            switch (Entry.decode(entry)) {
                case Entry.TransactionEntry(byte[] jws) -> block.add(Transaction.parse(jws));
                case Entry.BlockEntry(BlockHeader header) -> {
                    for (int i = 0; i < block.size(); i++) {
                        long at = header.first() + i;
                        placed.add(new Placed(block.get(i), header.height(), at, header.rejection(at)));
                    }
                    block.clear();
                    roots.put(header.index() + 1, log.head(header.index() + 1).root());
                }
                case Entry.GenesisEntry _ -> assertThat(index).isZero();
            }
        });
        return new Found(roots, placed);
    }

    private static void checkPlaces(List<Operation> operations, List<Placed> log) {
        Map<String, Placed> inEffect = new HashMap<>();
        log.stream()
                .filter(placed -> !placed.isReplay())
                .forEach(placed -> assertThat(inEffect.put(placed.id(), placed))
                        .as("in the log twice: " + placed.id())
                        .isNull());
        for (Operation operation : operations) {
            Optional<Placed> placed = Optional.ofNullable(inEffect.get(operation.transaction()));
            switch (operation.answer()) {
                case Answer.Committed committed ->
                    assertThat(placed.map(found -> new Answer.Committed(
                                    found.height(),
                                    found.index(),
                                    committed.value(),
                                    found.rejection().map(RejectionCode::value),
                                    committed.isFinal())))
                            .as("acknowledged: %s", operation)
                            .contains(committed);
                case Answer.Refused _ ->
                    assertThat(placed).as("refused: %s", operation).isEmpty();
                case Answer.Open _ -> {}
            }
        }
    }

    /** Adds up in the order of the log; answers the sums by register and height. */
    private static Map<Long, NavigableMap<Long, Long>> checkSums(List<Operation> operations, List<Placed> log) {
        Map<String, Operation> byTransaction = new HashMap<>();
        operations.forEach(operation -> byTransaction.put(operation.transaction(), operation));
        Map<Long, NavigableMap<Long, Long>> sums = new TreeMap<>();
        for (Placed placed : log) {
            if (placed.rejection().isPresent()
                    || !placed.transaction().body().contract().equals("register")) {
                continue;
            }
            JsonObject arguments = placed.transaction().body().arguments();
            NavigableMap<Long, Long> register = sums.computeIfAbsent(register(arguments), number -> new TreeMap<>());
            long sum = at(register, placed.height()) + Consortium.number(arguments, "amount");
            register.put(placed.height(), sum);
            Operation operation = byTransaction.get(placed.id());
            if (operation != null && operation.answer() instanceof Answer.Committed committed) {
                assertThat(committed.value()).as("sum: %s", operation).contains(sum);
            }
        }
        return sums;
    }

    private static long register(JsonObject arguments) {
        return arguments.members().get("handle") instanceof JsonString(String handle)
                ? Long.parseUnsignedLong(handle.substring(16), 16)
                : -1;
    }

    private static long at(NavigableMap<Long, Long> register, long height) {
        Map.Entry<Long, Long> before = register.floorEntry(height);
        return before == null ? 0 : before.getValue();
    }

    private void checkStates(Map<Long, NavigableMap<Long, Long>> sums) {
        for (String name : consortium.names()) {
            sums.forEach((register, heights) -> assertThat(consortium.node(name).read(register))
                    .as("register " + register + " of " + name)
                    .isEqualTo(heights.lastEntry().getValue()));
        }
    }

    private static void checkOrder(List<Operation> operations) {
        record Step(Operation operation, long index) {}
        List<Step> steps = operations.stream()
                .filter(operation -> operation.answer() instanceof Answer.Committed)
                .map(operation -> new Step(operation, ((Answer.Committed) operation.answer()).index()))
                .sorted(Comparator.comparingLong(Step::index))
                .toList();
        Step latest = null; // of those so far the one that was invoked last
        for (Step step : steps) {
            if (latest != null
                    && step.operation().answered() < latest.operation().invoked()) {
                throw new AssertionError(step + " was answered before " + latest + " was invoked");
            }
            if (latest == null
                    || step.operation().invoked() > latest.operation().invoked()) {
                latest = step;
            }
        }
    }
}
