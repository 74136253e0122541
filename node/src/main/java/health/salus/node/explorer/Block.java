package health.salus.node.explorer;

import health.salus.foundation.Sha256;
import health.salus.ledger.Ledger;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A block as a page shows it. */
record Block(BlockHeader header, Finality finality) {
    /** Whether a block can still be replaced; part of message keys. */
    enum Finality {
        /** A quorum has cosigned it. */
        QUORUM,
        /** The network has no witnesses: what its log says is final. */
        LOG,
        /** Too few have cosigned it as yet. */
        PENDING
    }

    /**
     * A transaction of a block.
     *
     * @param index of its entry in the log
     * @param rejection why it was rejected
     * @param read empty: it is in the log, but can't be read
     */
    record Line(long index, Optional<String> rejection, Optional<Transaction> read) {
        /** Its id in base64url, where it can be read. */
        public Optional<String> id() {
            return read.map(Transaction::id).map(Sha256::base64Url);
        }
    }

    /** The block at a height that there is. */
    static Block at(Ledger ledger, long height) {
        return new Block(ledger.block(height), finality(ledger, height));
    }

    private static Finality finality(Ledger ledger, long height) {
        if (ledger.finality().ruling().set().isEmpty()) {
            return Finality.LOG;
        }
        return height <= ledger.finality().finalHeight() ? Finality.QUORUM : Finality.PENDING;
    }

    /** Its time, to the millisecond. */
    public Instant time() {
        return header.time();
    }

    /** Those transactions that were accepted. */
    public int accepted() {
        return header.count() - header.rejections().size();
    }

    /** Its transactions in order. */
    List<Line> lines(Ledger ledger) {
        List<Line> lines = new ArrayList<>();
        ledger.log().scan(header.first(), header.index(), (index, entry) -> {
            if (Entry.decode(entry) instanceof Entry.TransactionEntry(byte[] jws)) {
                lines.add(new Line(index, header.rejection(index).map(RejectionCode::value), read(jws)));
            }
        });
        return lines;
    }

    private static Optional<Transaction> read(byte[] jws) {
        try {
            return Optional.of(Transaction.parse(jws));
        } catch (TransactionException e) {
            return Optional.empty();
        }
    }
}
