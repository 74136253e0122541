package health.salus.ledger.verify;

import health.salus.ledger.LedgerDamagedException;
import health.salus.ledger.block.BlockAssembly;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.BlockReplayer;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.CandidateReader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.block.SignatureCheck;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.state.StateDamagedException;
import health.salus.ledger.state.VersionedState;
import health.salus.ledger.verify.Verification.Finding;
import health.salus.tlog.CorruptLogException;
import health.salus.tlog.ReadableLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Verifies a ledger by executing it from the first entry: that every entry is the one that the log's signed root covers,
 * every signature, every outcome, every state root; and, where a state is given, that it is the one that comes out.
 *
 * <p>Entries are read and executed in the calling thread, signatures verified on others. Memory does not grow with the
 * ledger. Not thread-safe.
 */
public final class LedgerVerifier {
    private final ReadableLog log;
    private final Rules rules;
    private final Path scratch;
    private final int threads;
    private final Progress progress;

    /**
     * A verifier.
     *
     * @param log a ledger's own, or a copy or export of it, opened with the key that is trusted
     * @param rules all contract versions that were ever in force
     * @param scratch a directory to execute in, empty or missing; the caller deletes it
     * @param threads how many verify signatures
     */
    public LedgerVerifier(ReadableLog log, Rules rules, Path scratch, int threads, Progress progress) {
        this.log = log;
        this.rules = rules;
        this.scratch = scratch;
        this.threads = threads;
        this.progress = progress;
    }

    /** Verifies the log. */
    public Verification verify() {
        return verify(Optional.empty());
    }

    /**
     * Verifies the log and the state that is stored beside it.
     *
     * @param state directory of the stored state
     */
    public Verification verify(Path state) {
        return verify(Optional.of(state));
    }

    private Verification verify(Optional<Path> storedState) {
        List<Finding> findings = new ArrayList<>();
        find(findings, "log", () -> log.verify(entries -> {}));
        try (VersionedState fresh = VersionedState.open(scratch);
                StoredState stored = StoredState.open(storedState, findings)) {
            Replay replay = new Replay(fresh, height -> stored.compareAt(height, fresh));
            find(findings, "block", replay::run);
            stored.finish(replay.height());
            return findings.isEmpty()
                    ? new Verification.Clean(
                            replay.network(),
                            log.head().size(),
                            log.head().root(),
                            replay.height(),
                            log.head().size() - 2 - replay.height())
                    : new Verification.Damaged(findings);
        }
    }

    private static void find(List<Finding> findings, String part, Runnable check) {
        try {
            check.run();
        } catch (CorruptLogException e) {
            Finding finding = new Finding("log", String.valueOf(e.getMessage()));
            if (!findings.contains(finding)) {
                findings.add(finding);
            }
        } catch (LedgerDamagedException e) {
            findings.add(new Finding(part, String.valueOf(e.getMessage())));
        } catch (StateDamagedException e) {
            findings.add(new Finding("state", String.valueOf(e.getMessage())));
        }
    }

    /** One run over the log. */
    private final class Replay {
        private final VersionedState fresh;
        private final LongConsumer reached;
        private final long size = log.head().size();
        private Optional<Genesis> genesis = Optional.empty();
        private Optional<BlockReplayer> replayer = Optional.empty();

        Replay(VersionedState fresh, LongConsumer reached) {
            this.fresh = fresh;
            this.reached = reached;
        }

        String network() {
            return genesis.map(Genesis::network).orElse("");
        }

        long height() {
            return fresh.height();
        }

        void run() {
            try (CandidateReader reader = new CandidateReader(rules.keys(), fresh::latest, threads)) {
                BlockAssembly blocks = new BlockAssembly(reader, this::execute);
                log.scan(0, Math.min(1, size), this::begin);
                log.scan(Math.min(1, size), size, blocks::add);
                blocks.end();
            }
            if (replayer.isEmpty()) {
                throw new LedgerDamagedException("the log is empty");
            }
        }

        private void begin(long index, byte[] entry) {
            if (!(decode(index, entry) instanceof Entry.GenesisEntry(Genesis found))) {
                throw new LedgerDamagedException("entry 0 is not a genesis");
            }
            if (!found.origin().equals(log.origin())) {
                throw new LedgerDamagedException(
                        "the genesis is that of " + found.origin() + " but the log is " + log.origin());
            }
            genesis = Optional.of(found);
            replayer = Optional.of(new BlockReplayer(new BlockExecutor(found.network(), rules), fresh, entry));
        }

        private void execute(BlockHeader header, List<Candidate> candidates) {
            BlockReplayer blocks = replayer.orElseThrow();
            if (header.height() == 0) {
                blocks.genesis(genesis.orElseThrow(), header);
            } else {
                blocks.block(candidates, header, SignatureCheck.VERIFIES);
            }
            reached.accept(header.height());
            progress.at(header.index() + 1, size);
        }
    }

    private static Entry decode(long index, byte[] entry) {
        try {
            return Entry.decode(entry);
        } catch (IllegalArgumentException e) {
            throw new LedgerDamagedException("entry " + index + ": " + e.getMessage(), e);
        }
    }
}
