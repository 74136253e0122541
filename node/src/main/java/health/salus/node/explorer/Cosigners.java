package health.salus.node.explorer;

import health.salus.ledger.finality.FinalityStatus;
import health.salus.ledger.finality.Ruling;
import health.salus.ledger.finality.WitnessSet;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.SignedNote;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest final checkpoint and what each witness has to do with it.
 *
 * @param note empty: nothing is final yet
 * @param quorum how many must cosign; 0: the network has no witnesses
 */
record Cosigners(Optional<SignedNote> note, int quorum, List<Cosigner> members) {
    /**
     * A witness.
     *
     * @param signed when it cosigned the checkpoint; empty: its cosignature isn't among those that made it final
     * @param heard whether it has answered this node since that was started
     * @param contradicting whether it has cosigned another history than this node's
     */
    record Cosigner(String organization, Optional<Instant> signed, boolean heard, boolean contradicting) {}

    static Cosigners of(Explorer explorer) {
        Optional<SignedNote> note = explorer.finalCheckpoint();
        WitnessSet set = explorer.witnesses();
        FinalityStatus status = explorer.ledger().finality().status();
        Map<String, Instant> signed = note.map(found -> signed(found, explorer)).orElse(Map.of());
        List<Cosigner> members = set.members().stream()
                .map(WitnessSet.Member::organization)
                .map(id -> new Cosigner(
                        id,
                        Optional.ofNullable(signed.get(id)),
                        status.heard().contains(id) || signed.containsKey(id),
                        status.contradicting().contains(id)))
                .toList();
        return new Cosigners(note, set.quorum(), members);
    }

    private static Map<String, Instant> signed(SignedNote note, Explorer explorer) {
        Ruling ruling = explorer.ledger().finality().ruling();
        Map<String, Instant> signed = new HashMap<>();
        for (NoteSignature signature : note.signatures()) {
            ruling.signerOf(note.text(), signature)
                    .ifPresent(id -> signed.put(id, CosignatureVerifier.time(signature)));
        }
        return signed;
    }

    Optional<Cosigner> find(String organization) {
        return members.stream()
                .filter(one -> one.organization().equals(organization))
                .findFirst();
    }

    /** What the note says; only asked where there is one. */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(note.orElseThrow().text());
    }
}
