package health.salus.foundation;

import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads in one pass what is plainly in canonical form: ASCII strings that need no escape, names that ascend, no space
 * between. That is nearly all that the ledger reads. At anything else it gives up, without an opinion whether that is
 * JSON; {@link JsonReader} then finds out by writing again what it read.
 */
final class PlainJsonParser {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 16; // of 2^53 - 1

    private final byte[] text;
    private int at;

    private PlainJsonParser(byte[] text) {
        this.text = text;
    }

    /** The value that {@code text} says; null: it is not plain. */
    static @Nullable Json parse(byte[] text) {
        PlainJsonParser parser = new PlainJsonParser(text);
        Json value = parser.value(1);
        return parser.at == text.length ? value : null;
    }

    private @Nullable Json value(int depth) {
        if (at == text.length || depth > JsonReader.MAX_DEPTH + 1) {
            return null;
        }
        byte first = text[at];
        if (first == '{' || first == '[') {
            return depth > JsonReader.MAX_DEPTH ? null : container(first, depth);
        }
        return switch (first) {
            case '"' -> text();
            case 't' -> literal(TRUE, true);
            case 'f' -> literal(FALSE, false);
            default -> integer();
        };
    }

    private @Nullable Json container(byte first, int depth) {
        return first == '{' ? object(depth) : array(depth);
    }

    private @Nullable Json text() {
        String string = string();
        if (string == null) {
            return null;
        }
        return new JsonString(string);
    }

    private @Nullable Json object(int depth) {
        List<String> names = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        at++;
        if (skip('}')) {
            return new JsonObject(Members.ofAscending(names, values));
        }
        do {
            String name = string();
            if (name == null || (!names.isEmpty() && names.getLast().compareTo(name) >= 0) || !skip(':')) {
                return null;
            }
            Json value = value(depth + 1);
            if (value == null) {
                return null;
            }
            names.add(name);
            values.add(value);
        } while (skip(','));
        if (!skip('}')) {
            return null;
        }
        return new JsonObject(Members.ofAscending(names, values));
    }

    private @Nullable Json array(int depth) {
        List<Json> elements = new ArrayList<>();
        at++;
        if (skip(']')) {
            return new JsonArray(elements);
        }
        do {
            Json element = value(depth + 1);
            if (element == null) {
                return null;
            }
            elements.add(element);
        } while (skip(','));
        if (!skip(']')) {
            return null;
        }
        return new JsonArray(elements);
    }

    private @Nullable String string() {
        if (!skip('"')) {
            return null;
        }
        int start = at;
        while (at < text.length
                && text[at] >= ' '
                && text[at] != '"'
                && text[at] != '\\') { // bytes from 0x80 are negative
            at++;
        }
        String string = new String(text, start, at - start, StandardCharsets.ISO_8859_1);
        return skip('"') ? string : null;
    }

    private @Nullable Json integer() {
        boolean negative = skip('-');
        int start = at;
        long number = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9' && at - start < MAX_DIGITS) {
            number = 10 * number + text[at++] - '0';
        }
        boolean oneForm = at > start && (text[start] != '0' || (at == start + 1 && !negative));
        if (!oneForm || number > Json.MAX_INTEGER) {
            return null;
        }
        return new JsonInteger(negative ? -number : number);
    }

    private @Nullable Json literal(byte[] word, boolean truth) {
        for (byte letter : word) {
            if (!skip((char) letter)) {
                return null;
            }
        }
        return new JsonBoolean(truth);
    }

    private boolean skip(char ascii) {
        boolean there = at < text.length && text[at] == ascii;
        at += there ? 1 : 0;
        return there;
    }
}
