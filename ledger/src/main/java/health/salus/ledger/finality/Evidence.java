package health.salus.ledger.finality;

import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TrustPolicy;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two checkpoints of one log with one size and two roots: somebody has lied, or two histories exist. The file is text: a
 * line {@value #VERSION}, one note, a line {@code ---}, the other note. Immutable.
 */
public record Evidence(SignedNote one, SignedNote other) {
    /** First line of the file. */
    public static final String VERSION = "salus-evidence/v1";

    private static final String SEPARATOR = "\n---\n";
    private static final int MAX_CHARS = 1 << 20;

    /** What evidence shows to somebody who trusts a policy and nobody else. */
    public sealed interface Verdict {
        /**
         * These have lied: they cosigned both, or against what a quorum cosigned.
         *
         * @param witnesses names in the policy, at least one
         */
        record Liars(Set<String> witnesses) implements Verdict {
            public Liars {
                witnesses = Set.copyOf(witnesses);
            }
        }

        /**
         * There are two histories; which one is true the notes do not say.
         *
         * @param one names, in the policy, of those who cosigned the one
         * @param other of those who cosigned the other
         */
        record Fork(Set<String> one, Set<String> other) implements Verdict {
            public Fork {
                one = Set.copyOf(one);
                other = Set.copyOf(other);
            }
        }

        /** Nothing; {@code reason} is one line. */
        record Nothing(String reason) implements Verdict {}
    }

    /** Reads a file. @throws NoteException if it is malformed */
    public static Evidence parse(String file) {
        int start = VERSION.length() + 1;
        int end = file.indexOf(SEPARATOR);
        if (file.length() > MAX_CHARS || !file.startsWith(VERSION + "\n") || end < start) {
            throw new NoteException("not evidence (expected: " + VERSION + ", a note, ---, a note)");
        }
        return new Evidence(
                SignedNote.parse(file.substring(start, end + 1)),
                SignedNote.parse(file.substring(end + SEPARATOR.length())));
    }

    /** The file; leads back through {@link #parse}. */
    public String encode() {
        return VERSION + "\n" + one.encode() + SEPARATOR.substring(1) + other.encode();
    }

    /** Judges; never throws for what the notes say. */
    public Verdict judge(TrustPolicy policy) {
        Checkpoint first;
        Checkpoint second;
        try {
            first = Checkpoint.parse(one.text());
            second = Checkpoint.parse(other.text());
        } catch (NoteException e) {
            return new Verdict.Nothing("not two checkpoints");
        }
        if (!first.origin().equals(second.origin())
                || first.size() != second.size()
                || first.root().equals(second.root())) {
            return new Verdict.Nothing("the checkpoints do not contradict each other");
        }
        Set<String> signedOne = policy.cosigners(one);
        Set<String> signedOther = policy.cosigners(other);
        Set<String> liars = new TreeSet<>(signedOne);
        liars.retainAll(signedOther);
        boolean oneIsFinal = policy.check(one).isTrusted();
        boolean otherIsFinal = policy.check(other).isTrusted();
        if (oneIsFinal && !otherIsFinal) {
            liars.addAll(signedOther);
        }
        if (otherIsFinal && !oneIsFinal) {
            liars.addAll(signedOne);
        }
        if (!liars.isEmpty()) {
            return new Verdict.Liars(liars);
        }
        return signedOne.isEmpty() || signedOther.isEmpty()
                ? new Verdict.Nothing("only one of the checkpoints is cosigned by a witness of the policy")
                : new Verdict.Fork(signedOne, signedOther);
    }
}
