package health.salus.ledger.receipt;

import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.finality.WitnessSet;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TlogProof;
import health.salus.tlog.proof.TlogProofCheck;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How the witnesses of one time name those who come after them: the header of the block that changes them, and the proof
 * that it ends the tree of a checkpoint that they made final. Text: a line with the header in canonical JSON, the proof.
 */
public record Handover(BlockHeader header, TlogProof proof) {
    /** Reads the text. @throws IllegalArgumentException if it is malformed */
    static Handover parse(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            throw new IllegalArgumentException("malformed handover");
        }
        try {
            return new Handover(
                    BlockHeader.ofJson(JsonReader.object(text.substring(0, end).getBytes(StandardCharsets.UTF_8))),
                    TlogProof.parse(text.substring(end + 1)));
        } catch (JsonException | NoteException e) {
            throw new IllegalArgumentException("malformed handover: " + e.getMessage(), e);
        }
    }

    String encode() {
        return new String(header.toJson().canonical(), StandardCharsets.UTF_8) + "\n" + proof.encode();
    }

    /**
     * The policy for {@code checkpoint}, for somebody who trusts {@code policy}: each handover that the policy so far makes
     * believable replaces it by the witnesses that it names. Handovers of later trees than the checkpoint's say nothing.
     */
    public static TrustPolicy follow(List<Handover> handovers, TrustPolicy policy, SignedNote checkpoint) {
        Checkpoint target;
        try {
            target = Checkpoint.parse(checkpoint.text());
        } catch (NoteException e) {
            return policy; // which will refuse it
        }
        TrustPolicy trusted = policy;
        long height = -1;
        for (Handover handover : handovers) {
            BlockHeader header = handover.header();
            if (header.height() > height
                    && header.index() + 1 < target.size()
                    && header.witnesses().filter(set -> !set.isEmpty()).isPresent()
                    && handover.endsTree(trusted, target.origin())) {
                trusted = header.witnesses().map(set -> policyOf(set, target)).orElse(trusted);
                height = header.height();
            }
        }
        return trusted;
    }

    private static TrustPolicy policyOf(WitnessSet set, Checkpoint target) {
        return set.policy(target.origin());
    }

    private boolean endsTree(TrustPolicy policy, String origin) {
        return proof.inclusion().index() == header.index()
                && proof.check(MerkleHash.leaf(header.entry()), policy)
                        instanceof TlogProofCheck.Verified(Checkpoint checkpoint)
                && checkpoint.origin().equals(origin)
                && checkpoint.size() == header.index() + 1;
    }
}
