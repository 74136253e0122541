package health.salus.ledger;

import health.salus.foundation.Sha256;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.CandidateReader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.EventStream;
import health.salus.ledger.ordering.LocalOrdering;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.state.VersionedState.ProofAt;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.verify.Progress;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TlogProof;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One network's ledger in one directory: takes transactions in, keeps them in a log, answers what the state is or was, and
 * proves both. Thread-safe.
 *
 * <p>What is answered as {@link Submission.Committed} survives a crash at any instruction. What is stored is checked when
 * it is read: {@code CorruptLogException}, {@code StateDamagedException} and {@link LedgerDamagedException} name what is
 * wrong, and nothing of it is served.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Ledger.class);

    private final Chain chain;
    private final Events events;
    private final CandidateReader reader;
    private final Intake intake;

    private Ledger(Chain chain, Rules rules, Ordering ordering, LedgerOptions options, CommitStep.Watcher watcher) {
        this.chain = chain;
        this.events = new Events(chain);
        this.reader = new CandidateReader(rules.keys(), chain.state()::latest, options.verifiers());
        this.intake = new Intake(chain, new Door(network(), rules), ordering, options, watcher);
        ordering.start(chain.last().height() + 1, this::deliver);
    }

    /**
     * Begins a network on this node, which alone orders its transactions.
     *
     * @param dir empty or missing
     * @param signer signs the log's checkpoints; named as {@link Genesis#origin} says
     * @throws IllegalStateException if there is a ledger in {@code dir} already
     */
    public static Ledger create(Path dir, Genesis genesis, NoteSigner signer, Rules rules, LedgerOptions options) {
        return create(dir, genesis, signer, rules, options, CommitStep.Watcher.NONE);
    }

    static Ledger create(
            Path dir,
            Genesis genesis,
            NoteSigner signer,
            Rules rules,
            LedgerOptions options,
            CommitStep.Watcher watcher) {
        Instant time = options.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return start(
                Chain.create(dir, genesis, time, signer, rules, watcher), rules, new LocalOrdering(), options, watcher);
    }

    /** Opens a network whose only orderer is this node, as {@link #open(Path, NoteSigner, Rules, Ordering, LedgerOptions)}. */
    public static Ledger open(Path dir, NoteSigner signer, Rules rules, LedgerOptions options) {
        return open(dir, signer, rules, new LocalOrdering(), options);
    }

    /**
     * Opens what was created before; the ledger closes {@code ordering}.
     *
     * @throws IllegalStateException if there is no ledger in {@code dir}
     * @throws LedgerDamagedException if the log and the state, or the log and the rules, do not belong together
     * @throws health.salus.tlog.CorruptLogException if the log is damaged
     * @throws health.salus.ledger.state.StateDamagedException if the state is damaged; it can be rebuilt
     * @throws health.salus.tlog.LogLockedException if it is open already
     */
    public static Ledger open(Path dir, NoteSigner signer, Rules rules, Ordering ordering, LedgerOptions options) {
        CommitStep.Watcher watcher = CommitStep.Watcher.NONE;
        return start(Chain.open(dir, signer, rules, watcher), rules, ordering, options, watcher);
    }

    private static Ledger start(
            Chain chain, Rules rules, Ordering ordering, LedgerOptions options, CommitStep.Watcher watcher) {
        try {
            return new Ledger(chain, rules, ordering, options, watcher);
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    private void deliver(long height, Proposal batch) {
        if (height != chain.last().height() + 1) {
            throw new IllegalStateException("batch for height " + height + " delivered at "
                    + chain.last().height());
        }
        CommittedBlock block = chain.commit(batch.time(), reader.verified(batch.candidates(), batch.time()));
        LOGGER.atDebug()
                .addKeyValue("network", network())
                .addKeyValue("height", height)
                .addKeyValue("transactions", block.header().count())
                .log("block committed");
        intake.committed(block);
        events.committed(block);
    }

    /** What the network began with. */
    public Genesis genesis() {
        return chain.genesis();
    }

    /** The network's id. */
    public String network() {
        return chain.genesis().network();
    }

    /**
     * Submits a transaction; returns at once. The same one may be submitted again at any time and has one answer.
     *
     * @param jws a compact JWS in ASCII, see {@link health.salus.ledger.transaction.TransactionBody}
     */
    public CompletableFuture<Submission> submit(byte[] jws) {
        return intake.submit(jws.clone());
    }

    /** What became of the transaction called {@code id}; empty: it is not in the log, or was not properly signed. */
    public Optional<Submission.Committed> transaction(Sha256 id) {
        return intake.find(id);
    }

    /** Proves what became of the transaction called {@code id}; empty as for {@link #transaction}. */
    public Optional<Receipt> receipt(Sha256 id) {
        return transaction(id).map(committed -> receipt(committed.index(), block(committed.height())));
    }

    private Receipt receipt(long index, BlockHeader header) {
        ReadableLog log = chain.log();
        if (!(Entry.decode(log.entry(index)) instanceof Entry.TransactionEntry(byte[] jws))) {
            throw new LedgerDamagedException("entry " + index + " is not a transaction of block " + header.height());
        }
        SignedNote checkpoint = log.checkpoint();
        long size = Checkpoint.parse(checkpoint.text()).size();
        return new Receipt(
                Transaction.parse(jws),
                header,
                TlogProof.of(log.inclusionProof(index, size), checkpoint),
                TlogProof.of(log.inclusionProof(header.index(), size), checkpoint));
    }

    /** Height of the last block. */
    public long height() {
        return chain.last().height();
    }

    /** Header of the last block. */
    public BlockHeader lastBlock() {
        return chain.last();
    }

    /** Header of the block at {@code height}. @throws IllegalArgumentException if there is none */
    public BlockHeader block(long height) {
        return chain.header(height);
    }

    /** The world state as of the last block; stays at that. */
    public StateView state() {
        return chain.state().latest();
    }

    /** The world state after the block at {@code height}. @throws IllegalArgumentException if there is none */
    public StateView state(long height) {
        return chain.state().at(height);
    }

    /** The current value under {@code key}, or that there is none, with a proof against the header that it names. */
    public ProofAt prove(StateKey key) {
        return chain.state().prove(key);
    }

    /** Events from {@code cursor} on, past and to come. */
    public EventStream events(Cursor cursor) {
        return new EventStream(events, cursor);
    }

    /**
     * Makes {@code target}, which must not exist, a copy of this ledger while it goes on running; commits wait meanwhile.
     * {@link #restore} makes a ledger of it. Files are hard links where possible, so a copy that shall survive a damaged
     * disk belongs on another one.
     */
    public void snapshot(Path target) {
        chain.snapshot(target);
    }

    /** Makes {@code target}, which must not exist, a ledger with what {@link #snapshot} kept; opening checks it. */
    public static void restore(Path snapshot, Path target) {
        Directories.copy(snapshot, target);
    }

    /**
     * Writes the log into {@code target}, which must not exist, as a directory that any web server can serve and any C2SP
     * tool can audit ({@code checkpoint}, {@code tile/…}).
     */
    public void export(Path target) {
        LogExport.write(chain.log(), target, Progress.NONE);
    }

    /** The log: checkpoint, entries, tiles, proofs. */
    public ReadableLog log() {
        return chain.log();
    }

    /** What stopped this ledger from taking transactions, if anything did; reading goes on. */
    public Optional<RuntimeException> failure() {
        return intake.failure();
    }

    /** Takes nothing more in, answers what was taken in before, and stores everything. */
    @Override
    public void close() {
        intake.close();
        reader.close();
        chain.close();
    }
}
