package health.salus.bench;

import com.sun.management.OperatingSystemMXBean;
import health.salus.contracts.NetworkRules;
import health.salus.contracts.access.AccessDecision;
import health.salus.contracts.access.AccessPolicy;
import health.salus.contracts.access.Question;
import health.salus.ledger.Ledger;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Progress;
import health.salus.ledger.verify.Verification;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Transactions per second when saturated, time of one client's transaction, and access decisions per second. */
final class LedgerBench implements Measurement {
    private static final int WARM_UP = 50_000;
    private static final int MEASURED = 40_000;
    private static final int IN_FLIGHT = 8_000; // as many as a ledger takes, nearly
    private static final int CLOSED_LOOP = 2_000;
    private static final int DECISIONS_AT_ONCE = 1_000;
    private static final Duration LIMIT_TIME = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Row> run(Path directory, Consumer<String> said) throws Exception {
        try (BenchNetwork network = BenchNetwork.found(directory.resolve("warm-up"))) {
            said.accept("signing and submitting transactions, " + WARM_UP + " at a time");
            WarmUp.run(said, () -> submitAll(network.ledger(), network.requests(WARM_UP)));
        }
        try (BenchNetwork network = BenchNetwork.found(directory.resolve("ledger"))) {
            return List.of(
                    saturated(network, said),
                    closedLoop(network, directory, said),
                    decisions(network),
                    verified(network, directory, said));
        }
    }

    private static Row saturated(BenchNetwork network, Consumer<String> said) throws Exception {
        said.accept("submitting " + MEASURED + " signed transactions, again and again");
        AtomicInteger bytes = new AtomicInteger();
        Rounds median = Rounds.median(said, () -> Limits.verificationsPerSecond(LIMIT_TIME), () -> {
            List<byte[]> transactions = network.requests(MEASURED);
            bytes.set(transactions.getFirst().length);
            System.gc(); // what was signed is the measurement's own
            long processor = processorNanos();
            long start = System.nanoTime();
            submitAll(network.ledger(), transactions);
            double seconds = (System.nanoTime() - start) / 1e9;
            sayProcessorTime(processor, MEASURED, said);
            return MEASURED / seconds;
        });
        long blocks = network.ledger().height();
        return Row.atLeast(
                "ledger, saturated",
                median.rate(),
                median.limit(),
                "tx/s",
                0.6,
                "access requests of " + bytes.get() + " bytes, each signed and verified, in " + blocks
                        + " blocks with an fsync each; limit: bare P-256 verifications on all cores");
    }

    private static void submitAll(Ledger ledger, List<byte[]> transactions) throws InterruptedException {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (byte[] transaction : transactions) {
            inFlight.acquire();
            var _ = ledger.submit(transaction).whenComplete((answer, failed) -> {
                try {
                    if (failed != null) {
                        throw failed;
                    }
                    BenchNetwork.requireAccepted(answer);
                } catch (Throwable cause) {
                    failure.set(cause);
                } finally {
                    inFlight.release();
                }
            });
        }
        inFlight.acquire(IN_FLIGHT);
        if (failure.get() != null) {
            throw new IllegalStateException("a transaction failed", failure.get());
        }
    }

    private static Row closedLoop(BenchNetwork network, Path directory, Consumer<String> said) throws IOException {
        List<byte[]> transactions = network.requests(CLOSED_LOOP);
        Samples fsync = Limits.fsync(directory, 1_500, CLOSED_LOOP / 2);
        Samples samples = new Samples();
        for (byte[] transaction : transactions) {
            long start = System.nanoTime();
            BenchNetwork.requireAccepted(network.ledger().submit(transaction).join());
            samples.add(System.nanoTime() - start);
        }
        said.accept("one client: " + samples.summary() + "; fsync: " + fsync.summary());
        return Row.atMost(
                "ledger, one client, p50",
                samples.percentileMillis(0.5),
                2 * fsync.percentileMillis(0.5) + 1,
                "ms",
                "submit to durable answer, one at a time; limit: 2 x fsync p50 + 1 ms; " + samples.summary());
    }

    private static Row decisions(BenchNetwork network) {
        Population.Granted granted = network.granted();
        StateView state = network.ledger().state();
        Question question = new Question.UnderGrant(granted.grant(), granted.requester(), granted.terms());
        Instant now = Instant.now();
        decide(state, now, question, Duration.ofSeconds(1));
        return Row.atLeast(
                "access decision",
                decide(state, now, question, Duration.ofSeconds(3)),
                100_000,
                "/s/core",
                1,
                "decide under an approved grant, in the node, one thread; limit: what is asked for");
    }

    private static Row verified(BenchNetwork network, Path directory, Consumer<String> said) throws Exception {
        said.accept("verifying the whole ledger, again and again");
        WarmUp.run(said, () -> verify(network, Files.createTempDirectory(directory, "verify")));
        AtomicLong transactions = new AtomicLong();
        Rounds median = Rounds.median(said, () -> Limits.verificationsPerSecond(LIMIT_TIME), () -> {
            long processor = processorNanos();
            long start = System.nanoTime();
            transactions.set(verify(network, Files.createTempDirectory(directory, "verify"))
                    .transactions());
            double seconds = (System.nanoTime() - start) / 1e9;
            sayProcessorTime(processor, transactions.get(), said);
            return transactions.get() / seconds;
        });
        return Row.atLeast(
                "full offline verification",
                median.rate(),
                median.limit(),
                "tx/s",
                0.6,
                "replay of " + transactions.get()
                        + " transactions: proofs, signatures, outcomes, state roots; limit: "
                        + "bare P-256 verifications on all cores");
    }

    private static Verification.Clean verify(BenchNetwork network, Path state) {
        int threads = Runtime.getRuntime().availableProcessors();
        Verification verification = new LedgerVerifier(
                        network.ledger().log(), NetworkRules.rules(), state, threads, Progress.NONE)
                .verify();
        if (verification instanceof Verification.Clean clean) {
            return clean;
        }
        throw new IllegalStateException("the ledger of the measurement is damaged: " + verification);
    }

    /** What a busy machine cannot distort as much as the rate. */
    private static void sayProcessorTime(long before, long transactions, Consumer<String> said) {
        said.accept("processor time: %.1f µs a transaction, all threads together"
                .formatted((processorNanos() - before) / 1e3 / transactions));
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double decide(StateView state, Instant now, Question question, Duration time) {
        long count = 0;
        long start = System.nanoTime();
        long end = start + time.toNanos();
        while (System.nanoTime() < end) {
            for (int i = 0; i < DECISIONS_AT_ONCE; i++) {
                if (!(AccessPolicy.decide(state, now, question) instanceof AccessDecision.Permitted)) {
                    throw new IllegalStateException("an approved grant was not honoured");
                }
            }
            count += DECISIONS_AT_ONCE;
        }
        return count * 1e9 / (System.nanoTime() - start);
    }
}
