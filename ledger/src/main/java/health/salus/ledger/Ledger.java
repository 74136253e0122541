package health.salus.ledger;

import health.salus.foundation.Sha256;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.CandidateReader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.EventStream;
import health.salus.ledger.finality.BlockTime;
import health.salus.ledger.finality.Finality;
import health.salus.ledger.finality.Membership;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.ordering.Delivery;
import health.salus.ledger.ordering.LocalOrdering;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.receipt.Handover;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.state.StateValues;
import health.salus.ledger.state.VersionedState.ProofAt;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.verify.FinalityProof;
import health.salus.ledger.verify.Progress;
import health.salus.tlog.LogStorageException;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TlogProof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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

    private static final String FINALITY = "finality";
    private static final long PAUSE_MILLIS = 300;

    private final Chain chain;
    private final Events events;
    private final CandidateReader reader;
    private final Intake intake;
    private final Finality finality;
    private final Optional<Membership> membership;
    private final CatchUp catchUp;
    private final Backfill backfill;
    private final ReentrantLock growing = new ReentrantLock(); // one block at a time, in order

    private Ledger(Chain chain, Rules rules, Setting setting) {
        this.chain = chain;
        this.membership = setting.membership();
        this.events = new Events(chain);
        LedgerOptions options = setting.options();
        this.reader = new CandidateReader(rules.keys(), chain.state()::latest, options.verifiers());
        this.finality = new Finality(
                chain,
                setting.signer(),
                setting.dir().resolve(FINALITY),
                membership,
                options.clock(),
                failure -> intake().stop(failure));
        this.catchUp = new CatchUp(chain, reader, this::take, finality::receive);
        this.backfill =
                new Backfill(chain, rules, Directories.earlier(setting.dir()), events::completed, finality::contradict);
        Ordering ordering = setting.ordering().apply(state());
        this.intake = new Intake(
                chain,
                new Door(network(), rules),
                ordering,
                finality::clocks,
                finality::whenFinal,
                options,
                setting.watcher());
        finality.start();
        ordering.start(chain.last().height() + 1, new Incoming());
    }

    private Intake intake() {
        return intake;
    }

    /** How a ledger is run. */
    private record Setting(
            Path dir,
            NoteSigner signer,
            Function<StateView, Ordering> ordering,
            Optional<Membership> membership,
            LedgerOptions options,
            CommitStep.Watcher watcher) {
        static Setting alone(Path dir, NoteSigner signer, LedgerOptions options, CommitStep.Watcher watcher) {
            return new Setting(dir, signer, state -> new LocalOrdering(), Optional.empty(), options, watcher);
        }
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
        return start(
                Chain.create(dir, genesis, signer, rules, watcher),
                rules,
                Setting.alone(dir, signer, options, watcher));
    }

    /**
     * Begins a network, or this node's part of one: every node that begins with the same genesis has the same first block.
     *
     * @param dir empty or missing
     * @param signer signs the log's checkpoints; named as {@link Genesis#origin} says
     * @param ordering makes what decides the sequence, from the newest state; the ledger closes it
     * @param membership what makes this node one of several; empty: it cosigns nothing
     * @throws IllegalStateException if there is a ledger in {@code dir} already
     */
    public static Ledger create(
            Path dir,
            Genesis genesis,
            NoteSigner signer,
            Rules rules,
            Function<StateView, Ordering> ordering,
            Optional<Membership> membership,
            LedgerOptions options) {
        CommitStep.Watcher watcher = CommitStep.Watcher.NONE;
        return start(
                Chain.create(dir, genesis, signer, rules, watcher),
                rules,
                new Setting(dir, signer, ordering, membership, options, watcher));
    }

    /** Opens what was created before and is ordered by this node alone. */
    public static Ledger open(Path dir, NoteSigner signer, Rules rules, LedgerOptions options) {
        return open(dir, signer, rules, state -> new LocalOrdering(), Optional.empty(), options);
    }

    /**
     * Opens what was created before.
     *
     * @param ordering makes what decides the sequence, from the newest state; the ledger closes it
     * @param membership what makes this node one of several; empty: it cosigns nothing
     * @throws IllegalStateException if there is no ledger in {@code dir}
     * @throws LedgerDamagedException if the log and the state, or the log and the rules, do not belong together
     * @throws health.salus.tlog.CorruptLogException if the log is damaged
     * @throws health.salus.ledger.state.StateDamagedException if the state is damaged; it can be rebuilt
     * @throws health.salus.tlog.LogLockedException if it is open already
     */
    public static Ledger open(
            Path dir,
            NoteSigner signer,
            Rules rules,
            Function<StateView, Ordering> ordering,
            Optional<Membership> membership,
            LedgerOptions options) {
        CommitStep.Watcher watcher = CommitStep.Watcher.NONE;
        return start(
                Chain.open(dir, signer, rules, watcher),
                rules,
                new Setting(dir, signer, ordering, membership, options, watcher));
    }

    private static Ledger start(Chain chain, Rules rules, Setting setting) {
        try {
            return new Ledger(chain, rules, setting);
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** What the ordering delivers, in its thread. */
    private final class Incoming implements Delivery {
        private static final int MOST_EXPECTED = 64;

        private final Map<Proposal, CandidateReader.Reading> expected =
                Collections.synchronizedMap(new IdentityHashMap<>());

        @Override
        public void expect(Proposal batch) {
            if (expected.size() < MOST_EXPECTED) {
                expected.put(batch, reader.verifying(batch.candidates(), batch.time()));
            }
        }

        @Override
        public void deliver(long height, Proposal batch) {
            CandidateReader.Reading reading = expected.remove(batch);
            List<Candidate> candidates = reading != null
                    ? reading.candidates()
                    : reader.verifying(batch.candidates(), batch.time()).candidates();
            growing.lock();
            try {
                BlockHeader last = chain.last();
                if (height > last.height() + 1) {
                    throw new IllegalStateException("batch for height " + height + " delivered at " + last.height());
                }
                if (height == last.height() + 1) {
                    committed(chain.commit(BlockTime.of(batch, last.time(), finality.ruling()), candidates));
                }
            } catch (RuntimeException e) {
                stopUnlessNothingDone(e);
                throw e;
            } finally {
                growing.unlock();
            }
        }

        @Override
        public void lost(Proposal batch) {
            expected.remove(batch);
            intake.lost(batch);
        }

        @Override
        public void catchUp(long height) throws InterruptedException {
            LOGGER.atInfo()
                    .addKeyValue("height", height())
                    .addKeyValue("wanted", height)
                    .log("catching up with blocks of other nodes");
            while (height() < height) {
                if (!follow()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
            LOGGER.atInfo().addKeyValue("height", height()).log("caught up");
        }

        @Override
        public long settled() {
            return finality.finalHeight();
        }
    }

    /**
     * Takes what other nodes have made final and this one lacks, without the ordering: for a node that is no member yet, or
     * was away for long. Answers whether there was anything.
     *
     * @throws LedgerDamagedException if executing their blocks gives something else than a quorum has cosigned
     */
    public boolean follow() throws InterruptedException {
        long before = height();
        try {
            for (Peer peer : otherNodes()) {
                catchUp.takeFrom(peer);
            }
        } catch (RuntimeException e) {
            stopUnlessNothingDone(e);
            throw e;
        }
        return height() > before;
    }

    /**
     * Begins to execute what lies before the snapshot with which this ledger began, if it began with one; until that is done,
     * or where this is never called, what a quorum has made final there is believed. Apart from opening, because it keeps
     * two cores busy. To be called once.
     */
    public void executeEarlier() {
        backfill.start();
    }

    private List<Peer> otherNodes() {
        return membership
                .map(own -> own.peers().apply(state()).stream()
                        .filter(peer -> !peer.organization().equals(own.organization()))
                        .toList())
                .orElse(List.of());
    }

    private void stopUnlessNothingDone(RuntimeException e) {
        boolean nothingDone = e instanceof LogStorageException storage
                && storage.outcome() == LogStorageException.Outcome.NOTHING_DONE;
        if (!nothingDone) {
            intake.stop(e);
        }
    }

    /** Stores a block of another node, unless it came another way meanwhile. */
    private void take(BlockHeader header, List<Candidate> candidates, boolean last) {
        growing.lock();
        try {
            if (header.height() > height()) {
                CommittedBlock block = chain.commit(header, candidates);
                if (last) {
                    committed(block);
                } else {
                    finality.passed(header);
                    tell(block);
                }
            }
        } finally {
            growing.unlock();
        }
    }

    private void committed(CommittedBlock block) {
        finality.committed(block.header());
        tell(block);
    }

    private void tell(CommittedBlock block) {
        LOGGER.atDebug()
                .addKeyValue("network", network())
                .addKeyValue("height", block.header().height())
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

    /** As {@link #receipt(Sha256)}; empty also where it is not final yet. */
    public Optional<Receipt> finalReceipt(Sha256 id) {
        return transaction(id)
                .filter(committed -> committed.height() <= finality.finalHeight())
                .map(committed -> receipt(committed.index(), block(committed.height())));
    }

    /** Under the newest final checkpoint, or, where the block is not final yet, what this node alone says. */
    private Receipt receipt(long index, BlockHeader header) {
        ReadableLog log = chain.log();
        Optional<SignedNote> newest = finality.checkpoint()
                .filter(note -> Checkpoint.parse(note.text()).size() > header.index());
        if (!(Entry.decode(log.entry(index)) instanceof Entry.TransactionEntry(byte[] jws))) {
            throw new LedgerDamagedException("entry " + index + " is not a transaction of block " + header.height());
        }
        SignedNote checkpoint = newest.orElseGet(log::checkpoint);
        long size = Checkpoint.parse(checkpoint.text()).size();
        return new Receipt(
                Transaction.parse(jws),
                header,
                TlogProof.of(log.inclusionProof(index, size), checkpoint),
                TlogProof.of(log.inclusionProof(header.index(), size), checkpoint),
                handovers(size));
    }

    private List<Handover> handovers(long size) {
        List<Handover> handovers = new ArrayList<>();
        finality.handovers().forEach((height, note) -> {
            BlockHeader header = block(height);
            long end = header.index() + 1;
            if (end < size) {
                handovers.add(new Handover(
                        header, TlogProof.of(chain.log().inclusionProof(header.index(), end), note)));
            }
        });
        return handovers;
    }

    /** Who cosigns, and what is final. */
    public Finality finality() {
        return finality;
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

    /** The first height whose state is here: 0, or that of a snapshot until what is before it is executed. */
    public long firstState() {
        return chain.first();
    }

    /** The world state as of the last block; stays at that. */
    public StateView state() {
        return chain.state().latest();
    }

    /**
     * The world state after the block at {@code height}.
     *
     * @throws IllegalArgumentException if there is none
     * @throws health.salus.ledger.state.StateNotKeptException if the ledger began with a snapshot of a later height, and
     *     has not executed this one yet
     */
    public StateView state(long height) {
        return chain.state().at(height);
    }

    /**
     * Values of the state after the block at {@code height}, which is final: what another node needs of a snapshot.
     *
     * @param after key after which they begin, as text; empty: at the first
     * @return empty: it is not final, or not kept
     */
    public Optional<StateValues> stateValues(long height, String after) {
        return height >= chain.first() && height <= finality.finalHeight()
                ? Optional.of(chain.state().values(height, after))
                : Optional.empty();
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
     * What others have cosigned is part of it, what this node remembers of its own cosignatures never is.
     * {@link #restore} makes a ledger of it. Files are hard links where possible, so a copy that shall survive a damaged
     * disk belongs on another one.
     */
    public void snapshot(Path target) {
        Optional<FinalityProof> proof =
                finalityProof(); // before the log is copied, so that nothing in it is beyond that
        chain.snapshot(target);
        proof.ifPresent(found -> found.write(target));
    }

    /** Makes {@code target}, which must not exist, a ledger with what {@link #snapshot} kept; opening checks it. */
    public static void restore(Path snapshot, Path target) {
        Directories.copy(snapshot, target);
    }

    /**
     * Writes the log into {@code target}, which must not exist, as a directory that any web server can serve and any C2SP
     * tool can audit ({@code checkpoint}, {@code tile/…}), with what shows how far it is final ({@link FinalityProof}).
     */
    public void export(Path target) {
        LogExport.write(chain.log(), finalityProof(), target, Progress.NONE);
    }

    private Optional<FinalityProof> finalityProof() {
        return finality.checkpoint().map(note -> new FinalityProof(note, finality.handovers()));
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
        backfill.close();
        finality.close();
        reader.close();
        chain.close();
    }
}
