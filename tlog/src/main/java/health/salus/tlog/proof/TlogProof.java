package health.salus.tlog.proof;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.ProofCheck;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that shows, without the log, that an entry is in it (c2sp.org/tlog-proof): index, inclusion proof, checkpoint.
 * Immutable, compared by content.
 */
public final class TlogProof {
    private static final String VERSION = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int MAX_PATH = 63;
    private static final int MAX_CHARS = 2 << 20;

    private final byte[] extra;
    private final InclusionProof inclusion;
    private final SignedNote checkpoint;

    private TlogProof(byte[] extra, InclusionProof inclusion, SignedNote checkpoint) {
        this.extra = extra;
        this.inclusion = inclusion;
        this.checkpoint = checkpoint;
    }

    /**
     * A proof without extra data.
     *
     * @param inclusion in the tree of {@code checkpoint}
     */
    public static TlogProof of(InclusionProof inclusion, SignedNote checkpoint) {
        return new TlogProof(new byte[0], inclusion, checkpoint);
    }

    /** This proof with data that nothing authenticates. */
    public TlogProof withExtra(byte[] data) {
        return new TlogProof(data.clone(), inclusion, checkpoint);
    }

    /** Reads a proof file. @throws NoteException if it is malformed */
    public static TlogProof parse(String file) {
        if (file.length() > MAX_CHARS) {
            throw new NoteException("proof of " + file.length() + " characters (expected: at most " + MAX_CHARS + ")");
        }
        int end = file.indexOf("\n\n");
        String[] lines = end < 0 ? new String[0] : file.substring(0, end).split("\n", MAX_PATH + 5);
        if (lines.length < 2 || !lines[0].equals(VERSION)) {
            throw new NoteException("not a proof (expected: first line " + VERSION + ", then index)");
        }
        int at = 1;
        byte[] extra = new byte[0];
        if (lines[at].startsWith(EXTRA)) {
            extra = decode(lines[at].substring(EXTRA.length()), "extra");
            at++;
        }
        long index = at < lines.length ? index(lines[at]) : index("");
        at++;
        if (lines.length - at > MAX_PATH) {
            throw new NoteException("proof with a path of more than " + MAX_PATH + " hashes");
        }
        List<Sha256> path = new ArrayList<>();
        for (; at < lines.length; at++) {
            byte[] hash = decode(lines[at], "path");
            if (hash.length != Sha256.BYTES) {
                throw new NoteException("proof with a hash of " + hash.length + " bytes (expected: 32)");
            }
            path.add(Sha256.ofBytes(hash));
        }
        return new TlogProof(extra, new InclusionProof(index, path), SignedNote.parse(file.substring(end + 2)));
    }

    private static long index(String line) {
        String digits = line.startsWith(INDEX) ? line.substring(INDEX.length()) : "";
        try {
            if (DECIMAL.matcher(digits).matches()) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            throw new NoteException("proof with an index of 2^63 or more", e);
        }
        throw new NoteException("proof without an index line (expected: decimal, no leading zeroes)");
    }

    private static byte[] decode(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) { // one spelling
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new NoteException("proof with malformed base64 in " + what, e);
        }
        throw new NoteException("proof with base64 not in its one spelling in " + what);
    }

    /** The file; leads back through {@link #parse}. */
    public String encode() {
        StringBuilder file = new StringBuilder(VERSION).append('\n');
        if (extra.length > 0) {
            file.append(EXTRA).append(Base64.getEncoder().encodeToString(extra)).append('\n');
        }
        file.append(INDEX).append(inclusion.index()).append('\n');
        for (Sha256 hash : inclusion.path()) {
            file.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
        }
        return file.append('\n').append(checkpoint.encode()).toString();
    }

    /** Index and path. */
    public InclusionProof inclusion() {
        return inclusion;
    }

    /** The checkpoint with all its signatures. */
    public SignedNote checkpoint() {
        return checkpoint;
    }

    /** Data that came with the proof and that nothing authenticates; empty where there is none. */
    public Optional<byte[]> extra() {
        return extra.length == 0 ? Optional.empty() : Optional.of(extra.clone());
    }

    /** Checks this proof for the log that {@code log} signs, whatever witnesses say. */
    public TlogProofCheck check(Sha256 leafHash, SignatureVerifier log) {
        return check(leafHash, TrustPolicy.of(log));
    }

    /** Checks the checkpoint against a policy, then the inclusion proof against the checkpoint. */
    public TlogProofCheck check(Sha256 leafHash, TrustPolicy policy) {
        return switch (policy.check(checkpoint)) {
            case PolicyCheck.Refused(String reason) -> new TlogProofCheck.Refused(reason);
            case PolicyCheck.Trusted trusted -> checkInclusion(leafHash, trusted.checkpoint());
        };
    }

    private TlogProofCheck checkInclusion(Sha256 leafHash, Checkpoint trusted) {
        if (trusted.size() == 0) {
            return new TlogProofCheck.Refused("the log is empty");
        }
        return switch (inclusion.check(leafHash, new TreeHead(trusted.size(), trusted.root()))) {
            case ProofCheck.Verified verified -> new TlogProofCheck.Verified(trusted);
            case ProofCheck.Refused(String reason) -> new TlogProofCheck.Refused(reason);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlogProof that
                && Arrays.equals(extra, that.extra)
                && inclusion.equals(that.inclusion)
                && checkpoint.equals(that.checkpoint);
    }

    @Override
    public int hashCode() {
        return 31 * inclusion.hashCode() + checkpoint.hashCode();
    }

    @Override
    public String toString() {
        return "proof of entry " + inclusion.index();
    }
}
