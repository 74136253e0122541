package health.salus.fhir.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.FhirJsonException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Writes a tree as RFC 8785 §3.2 does, in UTF-8; numbers as {@link NumberForm} says. For one use by one thread. */
final class CanonicalWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final NumberForm numbers;
    private final OwnBases bases;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(2048);

    CanonicalWriter(NumberForm numbers, OwnBases bases) {
        this.numbers = numbers;
        this.bases = bases;
    }

    /** Writes the root without the members named {@code leftOut}; the same names further in are written. */
    ByteArrayOutputStream resource(ObjectNode root, Set<String> leftOut) {
        object(root, leftOut);
        return out;
    }

    ByteArrayOutputStream value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, Set.of());
            case ARRAY -> {
                out.write('[');
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) {
                        out.write(',');
                    }
                    value(node.get(i));
                }
                out.write(']');
            }
            case STRING -> string(node.textValue());
            case NUMBER -> ascii(numbers.write(node));
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NULL -> ascii("null");
            case BINARY, MISSING, POJO -> throw new IllegalStateException("no JSON: " + node.getNodeType());
        }
        return out;
    }

    /** Members in the order of their names' UTF-16 code units (RFC 8785 §3.2.3), which is that of {@code compareTo}. */
    private void object(JsonNode object, Set<String> leftOut) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // arrays cannot be generic
        Map.Entry<String, JsonNode>[] members = object.properties().toArray(new Map.Entry[0]);
        Arrays.sort(members, Map.Entry.comparingByKey());
        out.write('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> member : members) {
            String name = member.getKey();
            if (leftOut.contains(name)) {
                continue;
            }
            if (!first) {
                out.write(',');
            }
            first = false;
            string(name);
            out.write(':');
            JsonNode value = member.getValue();
            if (name.equals("reference") && value.isTextual()) {
                string(bases.relative(value.textValue()));
            } else {
                value(value);
            }
        }
        out.write('}');
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 8785 §3.2.2.2: the short escapes, {@code \}{@code u00xx} for other controls, everything else as it is. */
    private void string(String text) {
        out.write('"');
        int plain = 0; // start of what needs no escape and was not yet written
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                encoded(text, plain, i, ascii);
                escape(c);
                plain = i + 1;
                ascii = true;
            } else if (c >= 0x80) {
                ascii = false;
            }
        }
        encoded(text, plain, text.length(), ascii);
        out.write('"');
    }

    private void encoded(String text, int from, int to, boolean ascii) {
        if (from == to) {
            return;
        }
        if (!ascii) {
            requirePairs(text, from, to);
        }
        out.writeBytes(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
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
        out.write('\\');
        switch (c) {
            case '"', '\\' -> out.write(c);
            case '\b' -> out.write('b');
            case '\t' -> out.write('t');
            case '\n' -> out.write('n');
            case '\f' -> out.write('f');
            case '\r' -> out.write('r');
            default -> {
                ascii("u00");
                out.write(HEX[c >> 4]);
                out.write(HEX[c & 0xf]);
            }
        }
    }
}
