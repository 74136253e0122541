package health.salus.tlog.note;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.TreeHead;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log states about itself (c2sp.org/tlog-checkpoint); the text of a {@link SignedNote}.
 *
 * @param origin name of the log, not empty, on one line
 * @param size number of entries
 * @param root Merkle root of those entries
 * @param extensions further lines that foreign logs may add; ours never do
 */
public record Checkpoint(String origin, long size, Sha256 root, List<String> extensions) {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || origin.chars().anyMatch(c -> c < ' ')) {
            throw new NoteException("checkpoint origin (expected: one line that is not empty)");
        }
        if (size < 0) {
            throw new NoteException("checkpoint size: " + size + " (expected: 0 or more)");
        }
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.chars().anyMatch(c -> c < ' '))) {
            throw new NoteException("checkpoint extension (expected: lines that are not empty)");
        }
    }

    /** Without extension lines. */
    public Checkpoint(String origin, TreeHead head) {
        this(origin, head.size(), head.root(), List.of());
    }

    /** Reads the text of a note; verifying its signatures is the caller's part. @throws NoteException if malformed */
    public static Checkpoint parse(String text) {
        String[] lines =
                text.endsWith("\n") ? text.substring(0, text.length() - 1).split("\n", -1) : new String[0];
        if (lines.length < 3) {
            throw new NoteException("checkpoint of " + lines.length + " lines (expected: origin, size, root)");
        }
        if (!DECIMAL.matcher(lines[1]).matches()) {
            throw new NoteException("checkpoint size (expected: decimal, no leading zeroes)");
        }
        try {
            return new Checkpoint(
                    lines[0],
                    Long.parseLong(lines[1]),
                    Sha256.ofBytes(StrictBase64.decode(lines[2])),
                    Arrays.asList(lines).subList(3, lines.length));
        } catch (NoteException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new NoteException("checkpoint with a malformed size or root", e);
        }
    }

    /** The text to be signed; leads back through {@link #parse}. */
    public String text() {
        StringBuilder text = new StringBuilder(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(StrictBase64.encode(root.bytes()))
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** Size and root. @throws IllegalArgumentException if the size is 0 and the root is not that of the empty tree */
    public TreeHead head() {
        return new TreeHead(size, root);
    }

    /** This checkpoint signed by its log. */
    public SignedNote sign(NoteSigner log) {
        String text = text();
        return new SignedNote(text, List.of(log.sign(text)));
    }
}
