package health.salus.ledger.join;

import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.JwsException;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.state.SnapshotRefusedException;
import health.salus.ledger.state.StateImport;
import health.salus.ledger.state.TransactionPlace;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out from a log alone where its transactions and blocks are. A transaction has a place unless its header says that
 * it could not be read, was not fit, not properly signed, or repeats an id. One code, {@code unknown-key}, may also be a
 * contract's: such transactions are left to the caller. Not thread-safe, but for {@link #read}.
 */
final class LogIndex {
    private static final RejectionCode AMBIGUOUS = Refusal.UNKNOWN_KEY.rejection();
    private static final Set<RejectionCode> UNPLACED = unplaced();

    private final StateImport state;
    private final long wanted;
    private final List<Optional<Sha256>> ids = new ArrayList<>(); // of the block that is being read
    private final List<Undecided> undecided = new ArrayList<>();
    private long end; // entries so far
    private long height = -1;
    private Optional<BlockHeader> found = Optional.empty();

    /** What an entry is; {@code id} of a transaction that looks like one. */
    record Item(Optional<Sha256> id, Optional<BlockHeader> header) {}

    /** A transaction of which the log doesn't tell whether it was properly signed. */
    record Undecided(Sha256 id, TransactionPlace place, BlockHeader header) {}

    /** @param wanted height of the header to keep */
    LogIndex(StateImport state, long wanted) {
        this.state = state;
        this.wanted = wanted;
    }

    private static Set<RejectionCode> unplaced() {
        Set<RejectionCode> codes = new HashSet<>();
        Arrays.stream(Refusal.values()).map(Refusal::rejection).forEach(codes::add);
        codes.add(BlockExecutor.REPLAYED);
        return codes;
    }

    /** Reads entries. @throws IllegalArgumentException if one is of no known kind */
    static List<Item> read(long first, List<byte[]> entries) {
        return entries.stream()
                .map(entry -> switch (Entry.decode(entry)) {
                    case Entry.TransactionEntry(byte[] jws) -> new Item(id(jws), Optional.empty());
                    case Entry.BlockEntry(BlockHeader header) -> new Item(Optional.empty(), Optional.of(header));
                    case Entry.GenesisEntry genesis -> new Item(Optional.empty(), Optional.empty());
                })
                .toList();
    }

    private static Optional<Sha256> id(byte[] jws) {
        try {
            return Optional.of(CompactJws.parse(jws, Transaction.MAX_BYTES).signingInputDigest());
        } catch (JwsException e) { // in the log all the same, through a careless member
            return Optional.empty();
        }
    }

    /** Takes the next entries. @throws SnapshotRefusedException if they are no blocks */
    void add(List<Item> items) {
        for (Item item : items) {
            if (item.header().isPresent()) {
                end(item.header().get());
            } else if (end > 0) {
                ids.add(item.id());
            }
            end++;
        }
    }

    private void end(BlockHeader header) {
        if (header.index() != end || header.count() != ids.size() || header.height() != height + 1) {
            throw new SnapshotRefusedException("entry " + end + " is no header of the block that it ends");
        }
        height = header.height();
        for (int position = 0; position < ids.size(); position++) {
            place(header, position, ids.get(position));
        }
        state.block(height, end);
        ids.clear();
        if (height == wanted) {
            found = Optional.of(header);
        }
    }

    private void place(BlockHeader header, int position, Optional<Sha256> id) {
        Optional<RejectionCode> rejection =
                Optional.ofNullable(header.rejections().get(position));
        TransactionPlace place = new TransactionPlace(header.height(), header.first() + position);
        if (rejection.filter(AMBIGUOUS::equals).isPresent()) {
            id.ifPresent(known -> undecided.add(new Undecided(known, place, header)));
        } else if (rejection.filter(UNPLACED::contains).isEmpty()) {
            id.ifPresent(known -> state.transaction(known, place));
        }
    }

    /** Header of the block at the height that was wanted. */
    BlockHeader found() {
        return found.orElseThrow(() -> new SnapshotRefusedException("the log has no block at height " + wanted));
    }

    /** Those with the ambiguous code, up to the height wanted. */
    List<Undecided> undecided() {
        return undecided.stream().filter(one -> one.place().height() <= wanted).toList();
    }
}
