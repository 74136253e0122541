package health.salus.bench;

import health.salus.cli.demo.RunningNetwork;
import health.salus.contracts.NetworkRules;
import health.salus.foundation.Sha256;
import health.salus.ledger.Directories;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.ExecutedBlock;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.state.VersionedState;
import health.salus.tlog.TileLog;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;

/**
 * A ledger that is written without ordering and cosignatures, block by block as every node of its network would have it. Its
 * transactions are this process's own, so their signatures are not verified. Not thread-safe.
 */
final class WrittenLedger implements AutoCloseable {
    private static final int BLOCK = 100; // transactions; busy nodes put more in one
    private static final int SIGNED_AT_ONCE = 10_000;

    private final BlockExecutor executor;
    private final VersionedState state;
    private final TileLog log;
    private BlockHeader last;

    /** Begins it in {@code directory}, which is empty or missing. */
    private WrittenLedger(Path directory, Genesis genesis) {
        executor = new BlockExecutor(genesis.network(), NetworkRules.rules());
        state = VersionedState.open(Directories.state(directory));
        log = TileLog.open(
                Directories.log(directory),
                genesis.origin(),
                NoteSigner.generate(genesis.origin(), new SecureRandom()));
        last = store(executor.genesis(genesis), genesis.time(), genesis.entry(), List.of(genesis.entry()));
    }

    /**
     * Lets the nodes of a network that was never started begin with a ledger of a population's requests.
     *
     * @param directory for what is copied to each node; empty or missing
     */
    static void beginWith(RunningNetwork network, Path directory, int requests) throws IOException {
        Population population = Population.of(network);
        try (WrittenLedger ledger = new WrittenLedger(directory, network.genesis())) {
            population.arrival().forEach(ledger::writeBlocks);
            for (int left = requests; left > 0; left -= SIGNED_AT_ONCE) {
                ledger.writeBlocks(population.requests(Math.min(left, SIGNED_AT_ONCE)));
            }
        }
        for (RunningNetwork.Node node : network.nodes()) {
            node.beginWith(network.genesis(), directory);
        }
    }

    private void writeBlocks(List<byte[]> transactions) {
        transactions.stream().gather(Gatherers.windowFixed(BLOCK)).forEach(this::write);
    }

    /** Writes a block. @throws IllegalStateException if one of its transactions is rejected */
    private void write(List<byte[]> transactions) {
        List<Candidate> candidates = transactions.stream().map(Candidate::of).toList();
        Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ExecutedBlock executed = executor.execute(
                last.height() + 1,
                last.index() + 1,
                time,
                candidates,
                state.latest(),
                ids -> state.applied(ids, state.size()),
                (candidate, position, key) -> true);
        if (!executed.rejections().isEmpty()) {
            throw new IllegalStateException("a transaction of the measurement was rejected: " + executed.rejections());
        }
        List<byte[]> entries = transactions.stream()
                .map(jws -> Entry.encode(Entry.TRANSACTION, jws))
                .toList();
        last = store(executed, time, last.entry(), entries);
    }

    private BlockHeader store(ExecutedBlock executed, Instant time, byte[] previous, List<byte[]> before) {
        Sha256 root = state.prepare(executed.changes());
        BlockHeader header = executed.header(time, root, previous);
        List<byte[]> entries = new ArrayList<>(before);
        entries.add(header.entry());
        log.append(entries);
        state.commit();
        return header;
    }

    @Override
    public void close() {
        try (state) {
            state.flush();
        } finally {
            log.close();
        }
    }
}
