package health.salus.fhir.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.FhirJsonException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Writes a tree as RFC 8785 §3.2 does, in UTF-8; numbers as {@link NumberForm} says. For one use by one thread. */
final class CanonicalWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final NumberForm numbers;
    private final OwnBases bases;
    private byte[] bytes = new byte[2048];
    private int length;

    CanonicalWriter(NumberForm numbers, OwnBases bases) {
        this.numbers = numbers;
        this.bases = bases;
    }

    /** Writes the root without the members named {@code leftOut}; the same names further in are written. */
    CanonicalWriter resource(ObjectNode root, Set<String> leftOut) {
        object(root, leftOut);
        return this;
    }

    CanonicalWriter part(JsonNode node) {
        value(node);
        return this;
    }

    /** What was written, in UTF-8. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, Set.of());
            case ARRAY -> {
                write('[');
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) {
                        write(',');
                    }
                    value(node.get(i));
                }
                write(']');
            }
            case STRING -> string(node.textValue());
            case NUMBER -> ascii(numbers.write(node));
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NULL -> ascii("null");
            case BINARY, MISSING, POJO -> throw new IllegalStateException("no JSON: " + node.getNodeType());
        }
    }

    /** Members in the order of their names' UTF-16 code units (RFC 8785 §3.2.3), which is that of {@code compareTo}. */
    private void object(JsonNode object, Set<String> leftOut) {
        String[] names = new String[object.size()];
        int count = 0;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            names[count++] = member.getKey();
        }
        Arrays.sort(names);
        write('{');
        boolean first = true;
        for (String name : names) {
            if (leftOut.contains(name)) {
                continue;
            }
            if (!first) {
                write(',');
            }
            first = false;
            string(name);
            write(':');
            JsonNode value = object.get(name);
            if (name.equals("reference") && value.isTextual()) {
                string(bases.relative(value.textValue()));
            } else {
                value(value);
            }
        }
        write('}');
    }

    private void write(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** RFC 8785 §3.2.2.2: the short escapes, {@code \}{@code u00xx} for other controls, everything else as it is. */
    private void string(String text) {
        reserve(text.length() + 2);
        bytes[length++] = '"';
        int plain = plain(text);
        if (plain < text.length()) {
            rest(text, plain);
        }
        write('"');
    }

    /** Writes what is ASCII and needs no escape, up to the first character of another kind; its index. */
    private int plain(String text) {
        int end = text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                return i;
            }
            bytes[length++] = (byte) c;
        }
        return end;
    }

    private void rest(String text, int start) {
        int plain = start; // start of what needs no escape and was not yet written
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                encoded(text, plain, i);
                escape(c);
                plain = i + 1;
            }
        }
        encoded(text, plain, text.length());
    }

    private void encoded(String text, int from, int to) {
        requirePairs(text, from, to);
        byte[] encoded = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private static void requirePairs(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == to || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new FhirJsonException(Reason.LONE_SURROGATE, "string with a lone surrogate");
                }
                i++;
            }
        }
    }

    private void escape(char c) {
        write('\\');
        switch (c) {
            case '"', '\\' -> write(c);
            case '\b' -> write('b');
            case '\t' -> write('t');
            case '\n' -> write('n');
            case '\f' -> write('f');
            case '\r' -> write('r');
            default -> {
                ascii("u00");
                write(HEX[c >> 4]);
                write(HEX[c & 0xf]);
            }
        }
    }
}
