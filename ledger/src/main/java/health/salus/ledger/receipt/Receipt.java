package health.salus.ledger.receipt;

import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionException;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.proof.TlogProof;
import health.salus.tlog.proof.TlogProofCheck;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Proves what became of one transaction: the transaction, the header of its block, and for each a proof that it is in the
 * log (c2sp.org/tlog-proof), both under one checkpoint. Immutable.
 *
 * <p>The file is text in UTF-8: a line {@value #VERSION}, a line with the compact JWS, a line with the header in canonical
 * JSON, the proof of the transaction's entry, a line {@code ---}, the proof of the header's entry; then for each handover a
 * line {@code ---}, a line with a header, and the proof of that header's entry.
 *
 * @param transactionProof of the entry {@code T} followed by the JWS
 * @param blockProof of the entry {@code B} followed by the header
 * @param handovers how the witnesses changed before the checkpoint, ascending: so that whoever trusts those of any time
 *     before can check it
 */
public record Receipt(
        Transaction transaction,
        BlockHeader block,
        TlogProof transactionProof,
        TlogProof blockProof,
        List<Handover> handovers) {
    /** First line of the file. */
    public static final String VERSION = "salus-receipt/v1";

    private static final String SEPARATOR = "\n---\n";
    private static final Pattern ASCII = Pattern.compile("[\\x21-\\x7e]*");
    private static final int MAX_CHARS = 4 << 20;
    private static final int MOST_HANDOVERS = 256;

    public Receipt {
        handovers = List.copyOf(handovers);
    }

    /** Reads a file. @throws IllegalArgumentException if it is malformed, quoting none of it */
    public static Receipt parse(String file) {
        if (file.length() > MAX_CHARS) {
            throw malformed("longer than 4 MiB");
        }
        String[] sections = file.split(SEPARATOR, MOST_HANDOVERS + 3);
        String[] parts = (sections[0] + "\n").split("\n", 4);
        if (sections.length < 2
                || sections.length > MOST_HANDOVERS + 2
                || parts.length != 4
                || !parts[0].equals(VERSION)
                || !ASCII.matcher(parts[1]).matches()) {
            throw malformed("expected: " + VERSION + ", a transaction, a block header, two proofs");
        }
        try {
            return new Receipt(
                    Transaction.parse(parts[1].getBytes(StandardCharsets.US_ASCII)),
                    BlockHeader.ofJson(JsonReader.object(parts[2].getBytes(StandardCharsets.UTF_8))),
                    TlogProof.parse(parts[3]),
                    TlogProof.parse(ended(sections, 1)),
                    handovers(sections));
        } catch (TransactionException | JsonException | NoteException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** A section with the newline that the separator after it took. */
    private static String ended(String[] sections, int at) {
        return at == sections.length - 1 ? sections[at] : sections[at] + "\n";
    }

    private static List<Handover> handovers(String[] sections) {
        List<Handover> handovers = new ArrayList<>();
        for (int at = 2; at < sections.length; at++) {
            handovers.add(Handover.parse(ended(sections, at)));
        }
        return handovers;
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("malformed receipt (" + why + ")");
    }

    /** The file; leads back through {@link #parse}. */
    public String encode() {
        StringBuilder file = new StringBuilder(VERSION + "\n" + transaction + "\n")
                .append(new String(block.toJson().canonical(), StandardCharsets.UTF_8))
                .append('\n')
                .append(transactionProof.encode())
                .append(SEPARATOR.substring(1))
                .append(blockProof.encode());
        handovers.forEach(handover -> file.append(SEPARATOR.substring(1)).append(handover.encode()));
        return file.toString();
    }

    /** Reads and checks a file; never throws for its content. */
    public static ReceiptCheck check(String file, TrustPolicy policy) {
        try {
            Receipt receipt = parse(file);
            return receipt.encode().equals(file)
                    ? receipt.check(policy)
                    : new ReceiptCheck.Refused("malformed receipt (not in its one spelling)");
        } catch (IllegalArgumentException e) {
            return new ReceiptCheck.Refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Checks this receipt.
     *
     * @param trusted whose signatures make a checkpoint believable, at least the log's; that of any time before it
     */
    public ReceiptCheck check(TrustPolicy trusted) {
        TrustPolicy policy = Handover.follow(handovers, trusted, transactionProof.checkpoint());
        long index = transactionProof.inclusion().index();
        if (!transactionProof.checkpoint().equals(blockProof.checkpoint())) {
            return new ReceiptCheck.Refused("the proofs are under different checkpoints");
        }
        if (index < block.first() || index >= block.index()) {
            return new ReceiptCheck.Refused("the transaction is not one of the block");
        }
        if (blockProof.inclusion().index() != block.index()) {
            return new ReceiptCheck.Refused("the header is not where it says");
        }
        byte[] transactionEntry = Entry.encode(Entry.TRANSACTION, transaction.jws());
        if (transactionProof.check(MerkleHash.leaf(transactionEntry), policy)
                instanceof TlogProofCheck.Refused(String reason)) {
            return new ReceiptCheck.Refused("transaction: " + reason);
        }
        return switch (blockProof.check(MerkleHash.leaf(block.entry()), policy)) {
            case TlogProofCheck.Refused(String reason) -> new ReceiptCheck.Refused("block header: " + reason);
            case TlogProofCheck.Verified(Checkpoint checkpoint) ->
                checkpoint.origin().equals(Genesis.origin(transaction.body().network()))
                        ? new ReceiptCheck.Verified(
                                transaction.id(),
                                index,
                                block.height(),
                                block.time(),
                                block.rejection(index),
                                checkpoint)
                        : new ReceiptCheck.Refused("the log is that of another network");
        };
    }
}
