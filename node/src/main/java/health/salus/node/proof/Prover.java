package health.salus.node.proof;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.receipt.Receipt;
import health.salus.node.access.GatewayTransactions;
import health.salus.node.backend.FhirBackend;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Everything that keeps one organization's records provable, with the work that goes on in the background: anchoring,
 * reconciling, scrubbing. Thread-safe.
 */
public final class Prover implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Prover.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final String organization;
    private final FhirBackend backend;
    private final Records records;
    private final Findings findings;
    private final WritesInFlight writes;
    private final WrittenVersions versions;
    private final SealedVersions sealed;
    private final Receipts receipts;
    private final Erasures erasures;
    private final Anchoring anchoring;
    private final Reconciler reconciler;
    private final Scrub scrub;
    private final ProofSchedule schedule;
    private final Thread anchorer;
    private final Thread inspector;
    /** Ends the background work without an interrupt, which would close the files that it reads. */
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param state the ledger's state now
     * @param ledgerReceipts finds the receipt of a transaction
     * @param jdbc the organization's own database
     * @param listener told of each new finding
     */
    public Prover(
            String organization,
            FhirBackend backend,
            StoredVersions stored,
            Records records,
            Supplier<StateView> state,
            Function<Sha256, Optional<Receipt>> ledgerReceipts,
            GatewayTransactions transactions,
            JdbcTemplate jdbc,
            Consumer<Finding> listener,
            ProofSchedule schedule,
            InstantSource clock) {
        this.organization = organization;
        this.records = records;
        this.backend = backend;
        this.schedule = schedule;
        this.findings = new Findings(organization, jdbc, listener);
        this.writes = new WritesInFlight();
        this.versions = new WrittenVersions(backend);
        Baseline baseline = new Baseline(jdbc, clock);
        this.sealed = new SealedVersions(records, stored, writes, baseline, findings, clock);
        Anchors anchors = new Anchors(jdbc);
        this.receipts = new Receipts(records, anchors, ledgerReceipts);
        this.erasures = new Erasures(backend, records, versions, sealed, writes, transactions, clock);
        this.anchoring = new Anchoring(organization, records, state, transactions, anchors);
        this.reconciler = new Reconciler(backend, sealed, baseline, jdbc, clock);
        this.scrub = new Scrub(records, stored, sealed, findings, clock);
        this.anchorer =
                Thread.ofPlatform().name("anchor-" + organization).daemon(true).unstarted(this::anchor);
        this.inspector =
                Thread.ofPlatform().name("inspect-" + organization).daemon(true).unstarted(this::inspect);
    }

    /** Begins the background work. */
    public void start() {
        anchorer.start();
        inspector.start();
    }

    /** What was found. */
    public Findings findings() {
        return findings;
    }

    /** Guards writes. */
    public WritesInFlight writes() {
        return writes;
    }

    /** Says which versions a write made. */
    public WrittenVersions versions() {
        return versions;
    }

    /** Seals and checks. */
    public SealedVersions sealed() {
        return sealed;
    }

    /** The record log with its seals. */
    public Records records() {
        return records;
    }

    /** Makes receipts. */
    public Receipts receipts() {
        return receipts;
    }

    /** Erases. */
    public Erasures erasures() {
        return erasures;
    }

    /** Looks through the server's history once, now. @return how many versions there were */
    public long reconcile() {
        return reconciler.run();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            anchorer.join(CLOSING);
            inspector.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void anchor() {
        repeat("anchoring", schedule.anchorEvery(), anchoring::run);
    }

    private void inspect() {
        try {
            backend.ready().join();
        } catch (RuntimeException e) {
            return; // a server that never starts has nothing to look through; its own log says why
        }
        Ticker reconciling = new Ticker(schedule.reconcileEvery());
        repeat("looking through the server", schedule.scrubEvery(), () -> {
            if (reconciling.isDue()) {
                reconciler.run();
            }
            scrub.step(schedule.scrubVersions());
        });
    }

    /** Something to be done over and over. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private void repeat(String what, Duration pause, Work work) {
        try {
            do {
                try {
                    work.run();
                } catch (RuntimeException e) { // the next round may fare better
                    LOGGER.atWarn()
                            .addKeyValue("organization", organization)
                            .addKeyValue("error", e.toString())
                            .log(what + " failed; it goes on");
                }
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says once in a while that it is time, the first time at once. */
    private static final class Ticker {
        private final long nanos;
        private long next = System.nanoTime();

        Ticker(Duration every) {
            this.nanos = every.toNanos();
        }

        boolean isDue() {
            if (System.nanoTime() - next < 0) {
                return false;
            }
            next = System.nanoTime() + nanos;
            return true;
        }
    }
}
