package health.salus.node.proof;

import health.salus.contracts.records.RecordsAction;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.Erasure;
import health.salus.fhir.seal.RecordEntry;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission;
import health.salus.node.access.GatewayTransactions;
import health.salus.node.backend.Body;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases a resource: all versions at the server, then their seals with the salts, so that what stays in the record log and
 * on the ledger can't be guessed back. What remains is a receipt that says which entries are void, since when and why.
 * Safe to repeat after a failure. Thread-safe.
 */
public final class Erasures {
    private static final String EXPUNGE = """
            {"resourceType":"Parameters","parameter":[\
            {"name":"expungeDeletedResources","valueBoolean":true},\
            {"name":"expungePreviousVersions","valueBoolean":true}]}""";

    private final FhirBackend backend;
    private final Records records;
    private final WrittenVersions versions;
    private final SealedVersions sealed;
    private final WritesInFlight writes;
    private final GatewayTransactions transactions;
    private final InstantSource clock;

    Erasures(
            FhirBackend backend,
            Records records,
            WrittenVersions versions,
            SealedVersions sealed,
            WritesInFlight writes,
            GatewayTransactions transactions,
            InstantSource clock) {
        this.backend = backend;
        this.records = records;
        this.versions = versions;
        this.sealed = sealed;
        this.writes = writes;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What became of a wish to erase. */
    public sealed interface Outcome {
        /**
         * It is gone.
         *
         * @param entry index of the erasure's entry in the record log
         * @param notes ids of the ledger's transactions that note it, one for each version
         */
        record Erased(Erasure receipt, long entry, List<Sha256> notes) implements Outcome {}

        /** There is nothing of that name. */
        record Unknown() implements Outcome {}

        /** The server refuses, as where other resources refer to it; nothing was destroyed. */
        record Refused(int status) implements Outcome {}
    }

    /** Erases a resource for a reason, a code such as {@code gdpr-17}. */
    public Outcome erase(String type, String id, String reason) {
        return writes.write(() -> {
            FhirResponse deleted = send("DELETE", type + "/" + id, Body.EMPTY);
            if (!deleted.isSuccess() && deleted.status() != 404 && deleted.status() != 410) {
                return new Outcome.Refused(deleted.status());
            }
            if (deleted.isSuccess()) {
                versions.deletion(type, id).ifPresent(version -> sealed.written(List.of(version)));
            }
            List<Records.Sealed> destroyed = records.of(type, id);
            if (destroyed.isEmpty()) {
                return new Outcome.Unknown();
            }
            FhirResponse expunged = send("POST", type + "/" + id + "/$expunge", Body.of(EXPUNGE));
            if (!expunged.isSuccess() && expunged.status() != 404) {
                return new Outcome.Refused(expunged.status());
            }
            return note(destroyed, reason);
        });
    }

    /** Destroys the seals last: until then a repetition finds what is left to do. */
    private Outcome note(List<Records.Sealed> destroyed, String reason) {
        List<Long> entries = destroyed.stream().map(Records.Sealed::entry).toList();
        Erasure receipt = new Erasure(records.origin(), entries, clock.instant(), reason);
        long entry = Records.done(records.append(List.of(new RecordEntry(RecordEntry.Kind.ERASURE, receipt.digest())))
                .getFirst());
        List<Sha256> notes = new ArrayList<>();
        for (Records.Sealed one : destroyed) {
            Submission submission = transactions
                    .submit(new RecordsAction.Erase(one.seal().commitment()))
                    .join();
            if (submission instanceof Submission.Committed committed) {
                notes.add(committed.id());
            }
        }
        ResourceVersion erased = destroyed.getFirst().seal().version();
        records.destroy(erased.type(), erased.id());
        return new Outcome.Erased(receipt, entry, notes);
    }

    private FhirResponse send(String method, String path, Body body) {
        return backend.exchange(FhirRequest.json(method, path, body));
    }
}
