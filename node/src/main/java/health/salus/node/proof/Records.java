package health.salus.node.proof;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import health.salus.node.records.KeptSeal;
import health.salus.node.records.RecordStore;
import health.salus.node.records.RecordStoreException;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TlogProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** An organization's record log with the seals that open its entries. What is answered is durable. Thread-safe. */
public final class Records {
    private final RecordStore store;

    /** The same in its own words. */
    public Records(RecordStore store) {
        this.store = store;
    }

    /**
     * A version whose commitment is in the log.
     *
     * @param entry index of the commitment
     */
    public record Sealed(Seal seal, long entry) {}

    /** Commits to versions; one that is sealed already keeps its first seal. */
    void seal(List<Seal> seals) {
        List<CompletableFuture<Long>> kept = new ArrayList<>();
        for (Seal seal : seals) {
            RecordEntry entry = new RecordEntry(RecordEntry.Kind.VERSION, seal.commitment());
            kept.add(store.keep(seal.version(), seal.encode(), entry.encode()));
        }
        kept.forEach(Records::done);
    }

    /** Begins to append other entries; the index of each is there once it is durable. */
    public List<CompletableFuture<Long>> append(List<RecordEntry> entries) {
        return entries.stream().map(entry -> store.append(entry.encode())).toList();
    }

    /** The seal of a version. */
    public Optional<Sealed> find(ResourceVersion version) {
        return store.find(version).flatMap(kept -> sealed(kept).findFirst());
    }

    /** Seals of all versions of a resource that aren't erased, in the order of their entries. */
    List<Sealed> of(String type, String id) {
        return store.versions(type, id).stream().flatMap(Records::sealed).toList();
    }

    /** Up to {@code most} seals with entries after {@code entry}, in their order. */
    List<Sealed> after(long entry, int most) {
        return store.after(entry, most).stream().flatMap(Records::sealed).toList();
    }

    /** Destroys the seals of all versions of a resource; their commitments stay in the log. */
    void destroy(String type, String id) {
        store.erase(type, id);
    }

    /** Whether a version's seal was destroyed. */
    boolean isErased(ResourceVersion version) {
        return store.find(version).filter(kept -> kept.seal().isEmpty()).isPresent();
    }

    /** Name of the log. */
    String origin() {
        return store.log().origin();
    }

    /** Size and root now. */
    public TreeHead head() {
        return store.log().head();
    }

    /** The entry at {@code index}. */
    public RecordEntry entry(long index) {
        return RecordEntry.decode(store.log().entry(index));
    }

    InclusionProof inclusionProof(long entry, long size) {
        return store.log().inclusionProof(entry, size);
    }

    /** A proof of an entry under the log's newest checkpoint. */
    public TlogProof proof(long entry) {
        SignedNote checkpoint = store.log().checkpoint();
        long size = Checkpoint.parse(checkpoint.text()).size();
        return TlogProof.of(inclusionProof(entry, size), checkpoint);
    }

    ConsistencyProof consistencyProof(long older, long newer) {
        return store.log().consistencyProof(older, newer);
    }

    private static Stream<Sealed> sealed(KeptSeal kept) {
        return kept.seal().isPresent() && kept.position().isPresent()
                ? Stream.of(new Sealed(
                        Seal.decode(kept.seal().get()), kept.position().getAsLong()))
                : Stream.empty();
    }

    static long done(CompletableFuture<Long> position) {
        try {
            return position.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RecordStoreException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
