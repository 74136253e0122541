package health.salus.tlog.proof;

import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.NoteCheck;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.NoteVerifier;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose signatures make a checkpoint believable (c2sp.org/tlog-policy): one of the listed logs, and a quorum of witnesses.
 * Immutable.
 */
public final class TrustPolicy {
    private final List<SignatureVerifier> logs;
    private final Map<String, CosignatureVerifier> witnesses; // by their name in the policy
    private final Quorum quorum;

    TrustPolicy(List<SignatureVerifier> logs, Map<String, CosignatureVerifier> witnesses, Quorum quorum) {
        this.logs = List.copyOf(logs);
        this.witnesses = Map.copyOf(witnesses);
        this.quorum = quorum;
    }

    /** Trusts one log alone, without witnesses. */
    public static TrustPolicy of(SignatureVerifier log) {
        return new TrustPolicy(List.of(log), Map.of(), new Quorum(Quorum.NONE, Map.of()));
    }

    /**
     * Reads a policy file. URLs in it are not kept: they are for those who talk to logs and witnesses.
     *
     * @throws PolicyException if it is malformed, has no quorum, or uses a kind of key other than Ed25519
     */
    public static TrustPolicy parse(byte[] file) {
        return new PolicyParser().parse(file);
    }

    /** Checks the signatures and the quorum; the origin must be the name of the log's key. */
    public PolicyCheck check(SignedNote note) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(note.text());
        } catch (NoteException e) {
            return new PolicyCheck.Refused("the note is not a checkpoint");
        }
        List<NoteVerifier> known = new ArrayList<>(witnesses.values());
        logs.stream().filter(log -> log.name().equals(checkpoint.origin())).forEach(known::add);
        return switch (note.verify(known)) {
            case NoteCheck.Refused(String reason) -> new PolicyCheck.Refused(reason);
            case NoteCheck.Verified(List<NoteSignature> signatures) -> decide(checkpoint, signatures);
        };
    }

    /** Names, in the policy, of the witnesses that cosigned {@code note}, whatever else is under it. */
    public Set<String> cosigners(SignedNote note) {
        Set<String> names = new HashSet<>();
        witnesses.forEach((name, witness) -> {
            if (note.signatures().stream()
                    .anyMatch(signature ->
                            isBy(witness, signature) && witness.verifies(note.text(), signature.signature()))) {
                names.add(name);
            }
        });
        return names;
    }

    private PolicyCheck decide(Checkpoint checkpoint, List<NoteSignature> signatures) {
        boolean signedByLog = logs.stream()
                .filter(log -> log.name().equals(checkpoint.origin()))
                .anyMatch(log -> signatures.stream().anyMatch(signature -> isBy(log, signature)));
        if (!signedByLog) {
            return new PolicyCheck.Refused("no signature by a log of the policy");
        }
        Map<String, CosignatureVerifier> cosigners = new HashMap<>(witnesses);
        cosigners.values().removeIf(witness -> signatures.stream().noneMatch(signature -> isBy(witness, signature)));
        Set<String> names = new HashSet<>(cosigners.keySet());
        return quorum.isReachedBy(names)
                ? new PolicyCheck.Trusted(checkpoint, names)
                : new PolicyCheck.Refused(
                        "the " + names.size() + " cosignatures by known witnesses are not the quorum of the policy");
    }

    private static boolean isBy(NoteVerifier key, NoteSignature signature) {
        return key.name().equals(signature.name()) && key.keyId() == signature.keyId();
    }
}
