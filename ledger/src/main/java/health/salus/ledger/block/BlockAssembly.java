package health.salus.ledger.block;

import health.salus.ledger.LedgerDamagedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Puts the entries of a log together to blocks, and hands each on when the signatures of some blocks behind it are being
 * verified already. For one run over a log by one thread.
 */
public final class BlockAssembly {
    private static final int AHEAD = 1_024; // transactions: enough for all cores, and few enough to be garbage soon

    private record Ahead(BlockHeader header, int transactions, CandidateReader.Reading reading) {}

    private final CandidateReader reader;
    private final BiConsumer<BlockHeader, List<Candidate>> next;
    private final List<byte[]> block = new ArrayList<>();
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private int waiting;

    /** @param next takes the blocks in their order */
    public BlockAssembly(CandidateReader reader, BiConsumer<BlockHeader, List<Candidate>> next) {
        this.reader = reader;
        this.next = next;
    }

    /**
     * Takes the next entry, which is not the genesis.
     *
     * @throws LedgerDamagedException if it is of no known kind or malformed, or another genesis
     */
    public void add(long index, byte[] entry) {
        switch (decode(index, entry)) {
            case Entry.TransactionEntry(byte[] jws) -> block.add(jws);
            case Entry.BlockEntry(BlockHeader header) -> {
                ahead.add(new Ahead(header, block.size(), reader.begin(block, header.time())));
                waiting += block.size();
                block.clear();
                while (waiting > AHEAD) {
                    handOn();
                }
            }
            case Entry.GenesisEntry second ->
                throw new LedgerDamagedException("entry " + index + " is a second genesis");
        }
    }

    private static Entry decode(long index, byte[] entry) {
        try {
            return Entry.decode(entry);
        } catch (IllegalArgumentException e) {
            throw new LedgerDamagedException("entry " + index + ": " + e.getMessage(), e);
        }
    }

    private void handOn() {
        Ahead oldest = ahead.remove();
        waiting -= oldest.transactions();
        next.accept(oldest.header(), oldest.reading().candidates());
    }

    /** Hands on what is left. @throws LedgerDamagedException if the entries end inside a block */
    public void end() {
        while (!ahead.isEmpty()) {
            handOn();
        }
        if (!block.isEmpty()) {
            throw new LedgerDamagedException("the entries end inside a block");
        }
    }
}
