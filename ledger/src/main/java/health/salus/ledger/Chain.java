package health.salus.ledger;

import health.salus.foundation.Sha256;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.BlockReplayer;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.ExecutedBlock;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.block.SignatureCheck;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.finality.Blocks;
import health.salus.ledger.state.StateDamagedException;
import health.salus.ledger.state.VersionedState;
import health.salus.tlog.LogStorageException;
import health.salus.tlog.TileLog;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log and the state that follows it, in the directories {@code log} and {@code state}. Any number of threads read,
 * one commits.
 *
 * <p>A block is committed by the append to the log. If the node stops between that and the change of the state, opening
 * executes the block again.
 */
final class Chain implements Blocks, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Chain.class);

    private final Path dir;
    private final TileLog log;
    private final VersionedState state;
    private final Genesis genesis;
    private final BlockExecutor executor;
    private final ReentrantLock committing = new ReentrantLock();
    private final CommitStep.Watcher watcher;
    private volatile BlockHeader last;

    private Chain(
            Path dir, TileLog log, VersionedState state, Genesis genesis, Rules rules, CommitStep.Watcher watcher) {
        this.watcher = watcher;
        this.dir = dir;
        this.log = log;
        this.state = state;
        this.genesis = genesis;
        this.executor = new BlockExecutor(genesis.network(), rules);
        this.last = catchUp();
    }

    /** Begins a ledger. @throws IllegalStateException if there is one in {@code dir} */
    static Chain create(Path dir, Genesis genesis, NoteSigner signer, Rules rules, CommitStep.Watcher watcher) {
        requireOrigin(genesis, signer);
        TileLog log = TileLog.open(Directories.log(dir), genesis.origin(), signer);
        try {
            if (log.head().size() > 0) {
                throw new IllegalStateException("there is a ledger in " + dir + " already");
            }
            ExecutedBlock block = new BlockExecutor(genesis.network(), rules).genesis(genesis);
            Path empty = Files.createTempDirectory("salus-genesis");
            Sha256 root;
            try (VersionedState scratch = VersionedState.open(empty)) {
                root = scratch.prepare(block.changes());
                scratch.rollback();
            } finally {
                Directories.delete(empty);
            }
            BlockHeader header = block.header(genesis.time(), root, genesis.entry());
            log.append(List.of(genesis.entry(), header.entry()));
        } catch (IOException e) {
            log.close();
            throw new UncheckedIOException("computing the first state", e);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
        return open(log, dir, genesis, rules, watcher);
    }

    /** Opens the ledger in {@code dir} and brings its state up to its log. */
    static Chain open(Path dir, NoteSigner signer, Rules rules, CommitStep.Watcher watcher) {
        TileLog log = TileLog.open(Directories.log(dir), signer.verifier().name(), signer);
        try {
            if (log.head().size() == 0) {
                throw new IllegalStateException("there is no ledger in " + dir);
            }
            if (!(decode(log.entry(0), 0) instanceof Entry.GenesisEntry(Genesis genesis))) {
                throw new LedgerDamagedException("entry 0 of the log is not a genesis");
            }
            requireOrigin(genesis, signer);
            return open(log, dir, genesis, rules, watcher);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static Chain open(TileLog log, Path dir, Genesis genesis, Rules rules, CommitStep.Watcher watcher) {
        VersionedState state = VersionedState.open(Directories.state(dir));
        try {
            return new Chain(dir, log, state, genesis, rules, watcher);
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    private static void requireOrigin(Genesis genesis, NoteSigner signer) {
        if (!genesis.origin().equals(signer.verifier().name())) {
            throw new LedgerDamagedException("the genesis is that of " + genesis.origin()
                    + " but the log's key is named " + signer.verifier().name());
        }
    }

    private static Entry decode(byte[] entry, long index) {
        try {
            return Entry.decode(entry);
        } catch (IllegalArgumentException e) {
            throw new LedgerDamagedException("entry " + index + " of the log: " + e.getMessage(), e);
        }
    }

    /** Executes what the log has and the state has not; answers the last header. */
    private BlockHeader catchUp() {
        long size = log.head().size();
        long from = state.size();
        if (from > size) {
            throw new LedgerDamagedException("the state is that of " + from + " entries but the log has only " + size
                    + "; restore the log from a copy");
        }
        byte[] lastEntry = log.entry(Math.max(0, from - 1));
        if (from > 0) {
            checkStateAgainst(decode(lastEntry, from - 1));
        }
        BlockReplayer replayer = new BlockReplayer(executor, state, lastEntry);
        List<Candidate> candidates = new ArrayList<>();
        log.scan(Math.max(1, from), size, (index, entry) -> {
            switch (decode(entry, index)) {
                case Entry.TransactionEntry(byte[] jws) -> candidates.add(Candidate.of(jws));
                case Entry.BlockEntry(BlockHeader header) -> {
                    if (header.height() == 0) {
                        replayer.genesis(genesis, header);
                    } else {
                        replayer.block(List.copyOf(candidates), header, SignatureCheck.believing(header));
                    }
                    candidates.clear();
                }
                case Entry.GenesisEntry second ->
                    throw new LedgerDamagedException("entry " + index + " is a second genesis");
            }
        });
        if (!(decode(log.entry(size - 1), size - 1) instanceof Entry.BlockEntry(BlockHeader header))) {
            throw new LedgerDamagedException("the log ends inside a block, at entry " + (size - 1));
        }
        LOGGER.atInfo()
                .addKeyValue("network", genesis.network())
                .addKeyValue("height", header.height())
                .addKeyValue("replayed", size - from)
                .log("ledger opened");
        return header;
    }

    private void checkStateAgainst(Entry entry) {
        if (!(entry instanceof Entry.BlockEntry(BlockHeader header))
                || header.height() != state.height()
                || !header.state().equals(state.root())) {
            throw new StateDamagedException(
                    "it is not the state at any height of this log (it says height " + state.height() + ")");
        }
    }

    Genesis genesis() {
        return genesis;
    }

    @Override
    public TileLog log() {
        return log;
    }

    VersionedState state() {
        return state;
    }

    BlockExecutor executor() {
        return executor;
    }

    @Override
    public long first() {
        return state.first();
    }

    @Override
    public StateView state(long height) {
        return state.at(height);
    }

    @Override
    public BlockHeader last() {
        return last;
    }

    @Override
    public BlockHeader header(long height) {
        BlockHeader newest = last;
        if (height == newest.height()) {
            return newest;
        }
        if (height < 0 || height > newest.height()) {
            throw new IllegalArgumentException("height " + height + " (expected: 0 to " + newest.height() + ")");
        }
        long index = state.header(height).orElseThrow(() -> indexDamaged(height));
        if (index < 0
                || index >= log.head().size()
                || !(decode(log.entry(index), index) instanceof Entry.BlockEntry(BlockHeader header))
                || header.height() != height) {
            throw indexDamaged(height);
        }
        return header;
    }

    private static StateDamagedException indexDamaged(long height) {
        return new StateDamagedException("the index of headers is wrong at height " + height);
    }

    /**
     * Executes the next block and makes it durable.
     *
     * @param time not before that of the last block
     * @throws LogStorageException if the log could not; with outcome {@code NOTHING_DONE} everything is as before
     * @throws RuntimeException otherwise: the outcome is unknown, this chain must not be used for writing again
     */
    CommittedBlock commit(Instant time, List<Candidate> candidates) {
        return commit(time, candidates, Optional.empty());
    }

    /**
     * The same for a block of another node, which must be what comes of executing it.
     *
     * @throws LedgerDamagedException if it is not; nothing is stored then
     */
    CommittedBlock commit(BlockHeader header, List<Candidate> candidates) {
        return commit(header.time(), candidates, Optional.of(header));
    }

    private CommittedBlock commit(Instant time, List<Candidate> candidates, Optional<BlockHeader> expected) {
        committing.lock();
        try {
            BlockHeader previous = last;
            ExecutedBlock executed = executor.execute(
                    previous.height() + 1,
                    previous.index() + 1,
                    time,
                    candidates,
                    state.latest(),
                    ids -> state.applied(ids, state.size()),
                    SignatureCheck.VERIFIES);
            watcher.done(CommitStep.EXECUTED, previous.height() + 1);
            BlockHeader header = append(executed, candidates, time, previous, expected);
            follow(header);
            last = header;
            watcher.done(CommitStep.APPLIED, header.height());
            return new CommittedBlock(header, candidates, executed.events());
        } finally {
            committing.unlock();
        }
    }

    private void follow(BlockHeader header) {
        try {
            watcher.done(CommitStep.APPENDED, header.height());
            state.commit();
        } catch (RuntimeException | Error e) {
            state.rollback(); // the state stays where it was; opening again brings it up to the log
            throw e;
        }
    }

    private BlockHeader append(
            ExecutedBlock executed,
            List<Candidate> candidates,
            Instant time,
            BlockHeader previous,
            Optional<BlockHeader> expected) {
        Sha256 root = state.prepare(executed.changes());
        try {
            BlockHeader header = executed.header(time, root, previous.entry());
            if (expected.isPresent() && !expected.get().equals(header)) {
                throw new LedgerDamagedException(
                        "executing block " + header.height() + " gives another header than the other node has");
            }
            List<byte[]> entries = new ArrayList<>(candidates.size() + 1);
            for (Candidate candidate : candidates) {
                entries.add(Entry.encode(Entry.TRANSACTION, candidate.jws()));
            }
            entries.add(header.entry());
            watcher.done(CommitStep.PREPARED, header.height());
            log.append(entries);
            return header;
        } catch (RuntimeException | Error e) {
            state.rollback();
            throw e;
        }
    }

    /** Makes {@code target}, which must not exist, a copy. */
    void snapshot(Path target) {
        committing.lock();
        try {
            log.publish();
            Directories.link(Directories.log(dir), Directories.log(target));
            state.copyTo(Directories.state(target));
        } finally {
            committing.unlock();
        }
    }

    @Override
    public void close() {
        try (log;
                state) {
            state.flush();
        }
    }
}
