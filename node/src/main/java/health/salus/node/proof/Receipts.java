package health.salus.node.proof;

import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import health.salus.foundation.Sha256;
import health.salus.ledger.receipt.Receipt;
import java.util.Optional;
import java.util.function.Function;

/** Makes receipts of sealed versions. Thread-safe. */
public final class Receipts {
    private final Records records;
    private final Anchors anchors;
    private final Function<Sha256, Optional<Receipt>> ledger;

    /** @param ledger finds the receipt of a transaction */
    Receipts(Records records, Anchors anchors, Function<Sha256, Optional<Receipt>> ledger) {
        this.records = records;
        this.anchors = anchors;
        this.ledger = ledger;
    }

    /** The receipt of an entry; empty while its head isn't anchored. */
    public Optional<RecordReceipt> of(Seal seal, RecordEntry.Kind kind, long entry) {
        return anchors.covering(entry)
                .flatMap(anchor -> ledger.apply(anchor.transaction())
                        .map(receipt ->
                                new RecordReceipt(seal, kind, records.inclusionProof(entry, anchor.size()), receipt)));
    }
}
