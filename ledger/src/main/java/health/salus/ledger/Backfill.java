package health.salus.ledger;

import health.salus.ledger.block.BlockAssembly;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.BlockReplayer;
import health.salus.ledger.block.CandidateReader;
import health.salus.ledger.block.SignatureCheck;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.finality.DivergenceException;
import health.salus.ledger.state.VersionedState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes, beside everything else, the blocks before the snapshot with which a ledger began: every signature, outcome and
 * state root. So this node finds out by itself what it believed a quorum, and has the state of every height from then on.
 * What it has executed is kept when it stops, and taken up again.
 */
final class Backfill implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Backfill.class);

    private final Chain chain;
    private final Rules rules;
    private final Path directory;
    private final Runnable done;
    private final Consumer<DivergenceException> stop;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("ledger-backfill").unstarted(this::run);
    private volatile boolean closing;

    /**
     * @param directory of the state that it makes
     * @param done told when the chain has all states
     * @param stop told when executing gives something else than a quorum has cosigned
     */
    Backfill(Chain chain, Rules rules, Path directory, Runnable done, Consumer<DivergenceException> stop) {
        this.chain = chain;
        this.rules = rules;
        this.directory = directory;
        this.done = done;
        this.stop = stop;
    }

    /** Begins, if there is anything to do. */
    void start() {
        if (chain.first() > 0) {
            thread.start();
        } else if (Files.exists(directory)) {
            Directories.delete(directory);
        }
    }

    private void run() {
        try {
            BlockHeader end = chain.header(chain.first());
            try (VersionedState state = open()) {
                LOGGER.atInfo()
                        .addKeyValue("height", end.height())
                        .addKeyValue("from", state.height() + 1)
                        .log("executing the blocks before the snapshot");
                try {
                    execute(state, end);
                } finally {
                    state.flush();
                }
                chain.state().adopt(state);
            }
            Directories.delete(directory);
            LOGGER.atInfo().addKeyValue("height", end.height()).log("the snapshot is what executing gives");
            done.run();
        } catch (CancellationException e) {
            LOGGER.atDebug().log("executing the blocks before the snapshot goes on at the next start");
        } catch (LedgerDamagedException e) {
            stop.accept(new DivergenceException("executing the blocks before the snapshot gives something else than the"
                    + " members have made final (" + e.getMessage() + "); keep this node's directory as evidence"));
        } catch (RuntimeException e) { // a disk that is full: goes on at the next start
            LOGGER.atError().setCause(e).log("the blocks before the snapshot are not executed; restart the node");
        }
    }

    /** What is there to go on with, unless it is of no use for that. */
    private VersionedState open() {
        VersionedState state = VersionedState.open(directory);
        if (state.first() == 0 && state.height() <= chain.first()) {
            return state;
        }
        state.close();
        Directories.delete(directory);
        return VersionedState.open(directory);
    }

    private void execute(VersionedState state, BlockHeader end) {
        if (state.height() == VersionedState.NOTHING) {
            new BlockReplayer(chain.executor(), state, chain.log().entry(0)).genesis(chain.genesis(), chain.header(0));
        }
        BlockHeader last = chain.header(state.height());
        BlockReplayer replayer = new BlockReplayer(chain.executor(), state, last.entry());
        try (CandidateReader reader = new CandidateReader(rules.keys(), state::latest, 1)) {
            BlockAssembly blocks = new BlockAssembly(reader, (header, candidates) -> {
                if (closing) {
                    throw new CancellationException();
                }
                replayer.block(candidates, header, SignatureCheck.VERIFIES);
            });
            chain.log().scan(state.size(), end.index() + 1, blocks::add);
            blocks.end();
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
