package health.salus.tlog.proof;

import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.NoteVerifier;
import health.salus.tlog.note.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one policy file, line by line. Names are octets, kept here as one character each. */
final class PolicyParser {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern WHITESPACE = Pattern.compile("[ \t]+");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");

    private final List<SignatureVerifier> logs = new ArrayList<>();
    private final Map<String, CosignatureVerifier> witnesses = new LinkedHashMap<>();
    private final Map<String, Quorum.Group> groups = new LinkedHashMap<>();
    private final Set<String> members = new HashSet<>();
    private final Set<String> keys = new HashSet<>(); // of logs and of witnesses, each by kind
    private @Nullable String quorum;
    private int line;

    TrustPolicy parse(byte[] file) {
        if (file.length > MAX_BYTES) {
            throw fault("file of " + file.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        for (String text : new String(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            line++;
            if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                throw fault("control character (expected: tab and newline only)");
            }
            String content = strip(text);
            if (!content.isEmpty() && !content.startsWith("#")) {
                parseLine(WHITESPACE.split(content));
            }
        }
        if (quorum == null) {
            throw fault("no quorum line before the end");
        }
        return new TrustPolicy(logs, witnesses, new Quorum(quorum, groups));
    }

    private void parseLine(String[] items) {
        switch (items[0]) {
            case "log" -> log(items);
            case "witness" -> witness(items);
            case "group" -> group(items);
            case "quorum" -> quorum(items);
            default -> throw fault("unknown keyword (expected: log, witness, group, quorum)");
        }
    }

    private void log(String[] items) {
        expect(items.length == 2 || items.length == 3, "log <vkey> [<url>]");
        if (!(key(items[1]) instanceof SignatureVerifier log)) {
            throw fault("key of a witness (expected: of a log)");
        }
        expect(keys.add("log " + Arrays.toString(log.publicKey())), "every log once");
        logs.add(log);
    }

    private void witness(String[] items) {
        expect(items.length == 3 || items.length == 4, "witness <name> <vkey> [<url>]");
        if (!(key(items[2]) instanceof CosignatureVerifier witness)) {
            throw fault("key of a log (expected: of a witness)");
        }
        expect(keys.add("witness " + Arrays.toString(witness.publicKey())), "every witness once");
        expect(isFree(items[1]), "a new name, not none");
        witnesses.put(items[1], witness);
    }

    private void group(String[] items) {
        expect(items.length >= 4, "group <name> all|any|<k> <name>...");
        expect(isFree(items[1]), "a new name, not none");
        List<String> named = List.of(items).subList(3, items.length);
        for (String member : named) {
            expect(isDefined(member), "members that are defined above");
            expect(members.add(member), "every name in one group at most, once");
        }
        groups.put(items[1], new Quorum.Group(threshold(items[2], named.size()), named));
    }

    private int threshold(String text, int size) {
        if (text.equals("all")) {
            return size;
        }
        if (text.equals("any")) {
            return 1;
        }
        expect(
                COUNT.matcher(text).matches() && Integer.parseInt(text) <= size,
                "all, any, or 1 to the number of members");
        return Integer.parseInt(text);
    }

    private void quorum(String[] items) {
        expect(items.length == 2, "quorum <name>");
        expect(quorum == null, "one quorum line");
        expect(items[1].equals(Quorum.NONE) || isDefined(items[1]), "a name that is defined above, or none");
        quorum = items[1];
    }

    private boolean isFree(String name) {
        return !name.equals(Quorum.NONE) && !isDefined(name);
    }

    private boolean isDefined(String name) {
        return witnesses.containsKey(name) || groups.containsKey(name);
    }

    private NoteVerifier key(String octets) {
        try {
            return NoteVerifier.of(new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw fault("malformed or unsupported verifier key: " + e.getMessage());
        }
    }

    /** Not {@code String.strip}: here whitespace is space and tab only, and U+0085 and U+00A0 are octets of a name. */
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        while (to > from && (text.charAt(to - 1) == ' ' || text.charAt(to - 1) == '\t')) {
            to--;
        }
        return text.substring(from, to);
    }

    private void expect(boolean holds, String expected) {
        if (!holds) {
            throw fault("malformed (expected: " + expected + ")");
        }
    }

    private PolicyException fault(String found) {
        return new PolicyException(line, found);
    }
}
