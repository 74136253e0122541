package health.salus.tlog.witness;

import health.salus.tlog.merkle.ProofCheck;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteCheck;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cosigns checkpoints of the logs that it knows: one root per size, and never a smaller size than before
 * (c2sp.org/tlog-witness). Checking a checkpoint, remembering it durably and answering are one step that no other request
 * comes between.
 *
 * <p>Thread-safe. A log that has signed two roots for one size gets no cosignature, and both notes are kept.
 */
public final class Witness {
    private static final Logger LOGGER = LoggerFactory.getLogger(Witness.class);

    private final CosignatureSigner signer;
    private final Map<String, List<SignatureVerifier>> logs; // by origin, which is the name of the key
    private final WitnessStore store;
    private final InstantSource clock;
    private final Map<String, SignedNote> known = new HashMap<>(); // by origin: what the store holds; guarded by this

    /**
     * A witness.
     *
     * @param logs keys of the logs to cosign, each named by the log's origin; an origin may have several
     * @param store what it remembers; nobody else may write to it
     */
    public Witness(
            CosignatureSigner signer, Collection<SignatureVerifier> logs, WitnessStore store, InstantSource clock) {
        this.signer = signer;
        this.logs = logs.stream().collect(Collectors.groupingBy(SignatureVerifier::name));
        this.store = store;
        this.clock = clock;
    }

    /** Answers the body of an {@code add-checkpoint} request. @throws IOException as {@link #cosign(AddCheckpoint)} */
    public WitnessAnswer cosign(byte[] body) throws IOException {
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body);
        } catch (NoteException e) {
            return new WitnessAnswer.Malformed(String.valueOf(e.getMessage()));
        }
        return cosign(request);
    }

    /**
     * Answers a request to cosign.
     *
     * @throws IOException if the store fails; no cosignature was given then, and the request may be repeated
     */
    public WitnessAnswer cosign(AddCheckpoint request) throws IOException {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(request.checkpoint().text());
        } catch (NoteException e) {
            return new WitnessAnswer.Malformed(String.valueOf(e.getMessage()));
        }
        List<SignatureVerifier> keys = logs.get(checkpoint.origin());
        if (keys == null) {
            return new WitnessAnswer.UnknownLog();
        }
        return switch (request.checkpoint().verify(keys)) {
            case NoteCheck.Refused(String reason) -> new WitnessAnswer.Untrusted(reason);
            case NoteCheck.Verified(List<NoteSignature> signatures) ->
                checkAndRemember(
                        request, checkpoint, new SignedNote(request.checkpoint().text(), signatures));
        };
    }

    private synchronized WitnessAnswer checkAndRemember(AddCheckpoint request, Checkpoint checkpoint, SignedNote signed)
            throws IOException {
        if (request.older() > checkpoint.size()) {
            return new WitnessAnswer.Malformed("old size beyond the size of the checkpoint");
        }
        Optional<SignedNote> latest = latest(checkpoint.origin());
        Optional<Checkpoint> last = latest.map(note -> Checkpoint.parse(note.text()));
        if (last.isPresent()
                && last.get().size() == checkpoint.size()
                && !last.get().root().equals(checkpoint.root())) {
            LOGGER.atError()
                    .addKeyValue("log", checkpoint.origin())
                    .addKeyValue("size", checkpoint.size())
                    .log("log has signed two roots for one size; both notes are kept");
            store.saveEquivocation(checkpoint.origin(), latest.orElseThrow(), signed);
        }
        long lastSize = last.map(Checkpoint::size).orElse(0L);
        if (request.older() != lastSize) {
            return new WitnessAnswer.Conflict(lastSize);
        }
        if (checkpoint.size() == 0 && !checkpoint.root().equals(TreeHead.EMPTY.root())) {
            return new WitnessAnswer.Inconsistent("the root of an empty log is not the digest of nothing");
        }
        TreeHead older = last.map(Checkpoint::head).orElse(TreeHead.EMPTY);
        if (request.proof().check(older, checkpoint.head()) instanceof ProofCheck.Refused(String reason)) {
            return new WitnessAnswer.Inconsistent(reason);
        }
        NoteSignature cosignature = signer.sign(signed.text(), clock.instant());
        save(checkpoint.origin(), signed.with(cosignature));
        return new WitnessAnswer.Cosigned(cosignature);
    }

    private void save(String origin, SignedNote note) throws IOException {
        known.remove(origin); // where this fails, the store may hold the one or the other
        store.save(origin, note);
        known.put(origin, note);
    }

    /**
     * Remembers a checkpoint that it has cosigned and its store has lost, unless it remembers a larger one.
     *
     * @throws IllegalArgumentException if this witness has not cosigned it
     * @throws IOException if the store fails
     */
    public synchronized void recall(SignedNote own) throws IOException {
        Checkpoint checkpoint = Checkpoint.parse(own.text());
        if (!isOwn(own)) {
            throw new IllegalArgumentException("a checkpoint that this witness has not cosigned");
        }
        long size = latest(checkpoint.origin())
                .map(note -> Checkpoint.parse(note.text()).size())
                .orElse(-1L);
        if (checkpoint.size() > size) {
            save(checkpoint.origin(), own);
        }
    }

    private boolean isOwn(SignedNote note) {
        return note.verify(List.of(signer.verifier())).isVerified();
    }

    /**
     * The last checkpoint of a log that was cosigned, with the signatures of the log and of this witness.
     *
     * @throws IOException if the store fails or holds something that this witness has not cosigned
     */
    public synchronized Optional<SignedNote> latest(String origin) throws IOException {
        SignedNote before = known.get(origin);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<SignedNote> latest = store.latest(origin);
        if (latest.isPresent() && !isOwn(latest.get())) {
            throw new IOException("the witness remembers a checkpoint of " + origin
                    + " that it has not cosigned; restore its memory before it cosigns again");
        }
        latest.ifPresent(note -> known.put(origin, note));
        return latest;
    }
}
