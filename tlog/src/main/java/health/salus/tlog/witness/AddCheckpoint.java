package health.salus.tlog.witness;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to cosign a checkpoint, the body of {@code POST /add-checkpoint}.
 *
 * @param older size of the last checkpoint that the witness cosigned, as the submitter believes; 0 for none
 * @param proof from that size to the checkpoint's
 * @param checkpoint signed by its log
 */
public record AddCheckpoint(long older, ConsistencyProof proof, SignedNote checkpoint) {
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,18})");
    private static final int MAX_PROOF = 63;
    private static final int MAX_BYTES = 1 << 20;

    public AddCheckpoint {
        if (older < 0 || proof.path().size() > MAX_PROOF) {
            throw new NoteException("old size " + older + " with "
                    + proof.path().size() + " hashes (expected: at least 0, at most " + MAX_PROOF + ")");
        }
    }

    /** Reads the body. @throws NoteException if it is malformed */
    public static AddCheckpoint parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new NoteException("request of " + body.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NoteException("request that is not UTF-8", e);
        }
        int end = text.indexOf("\n\n");
        String[] lines = end < 0 ? new String[] {""} : text.substring(0, end).split("\n", MAX_PROOF + 3);
        Matcher old = OLD.matcher(lines[0]);
        if (!old.matches() || lines.length > MAX_PROOF + 1) {
            throw new NoteException("request (expected: old size, at most " + MAX_PROOF + " hashes, empty line, note)");
        }
        try {
            List<Sha256> path = new ArrayList<>();
            for (int i = 1; i < lines.length; i++) {
                path.add(hash(lines[i]));
            }
            return new AddCheckpoint(
                    Long.parseLong(old.group(1)),
                    new ConsistencyProof(path),
                    SignedNote.parse(text.substring(end + 2)));
        } catch (NoteException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new NoteException("request with a malformed size or hash", e);
        }
    }

    private static Sha256 hash(String text) {
        Sha256 hash = Sha256.ofBytes(Base64.getDecoder().decode(text));
        if (!base64(hash).equals(text)) {
            throw new NoteException("request with base64 not in its one spelling");
        }
        return hash;
    }

    /** The body; leads back through {@link #parse}. */
    public String encode() {
        StringBuilder body = new StringBuilder("old ").append(older).append('\n');
        proof.path().forEach(hash -> body.append(base64(hash)).append('\n'));
        return body.append('\n').append(checkpoint.encode()).toString();
    }

    private static String base64(Sha256 hash) {
        return Base64.getEncoder().encodeToString(hash.bytes());
    }
}
