package health.salus.foundation;

import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes {@link Json} as RFC 8785 §3.2 does, in UTF-8. */
final class CanonicalJsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    ByteArrayOutputStream write(Json value) {
        switch (value) {
            case JsonObject(var members) -> {
                char separator = '{';
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    out.write(separator);
                    string(member.getKey());
                    out.write(':');
                    write(member.getValue());
                    separator = ',';
                }
                if (members.isEmpty()) {
                    out.write('{');
                }
                out.write('}');
            }
            case JsonArray(var elements) -> {
                out.write('[');
                for (int i = 0; i < elements.size(); i++) {
                    if (i > 0) {
                        out.write(',');
                    }
                    write(elements.get(i));
                }
                out.write(']');
            }
            case JsonString(String text) -> string(text);
            case JsonInteger(long number) -> ascii(Long.toString(number));
            case JsonBoolean(boolean truth) -> ascii(truth ? "true" : "false");
        }
        return out;
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 8785 §3.2.2.2: the short escapes, {@code \}{@code u00xx} for other controls, everything else as it is. */
    private void string(String text) {
        out.write('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += codePoint(text, i) - 1;
            } else if (c == '"' || c == '\\') {
                out.write('\\');
                out.write(c);
            } else if (c >= 0x20) {
                out.write(c);
            } else {
                control(c);
            }
        }
        out.write('"');
    }

    private void control(char c) {
        out.write('\\');
        switch (c) {
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

    /** Writes the code point at {@code index} in UTF-8 and answers how many UTF-16 units it took. */
    private int codePoint(String text, int index) {
        int point = text.codePointAt(index);
        if (Character.getType(point) == Character.SURROGATE) {
            throw new JsonException("string with a lone surrogate");
        }
        int units = Character.charCount(point);
        out.writeBytes(text.substring(index, index + units).getBytes(StandardCharsets.UTF_8));
        return units;
    }
}
