package health.salus.foundation;

import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes {@link Json} as RFC 8785 §3.2 does, in UTF-8. */
final class CanonicalJsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int length;

    /** What was written. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    CanonicalJsonWriter write(Json value) {
        switch (value) {
            case JsonObject(var members) -> {
                char separator = '{';
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    put(separator);
                    string(member.getKey());
                    put(':');
                    write(member.getValue());
                    separator = ',';
                }
                if (members.isEmpty()) {
                    put('{');
                }
                put('}');
            }
            case JsonArray(var elements) -> {
                put('[');
                for (int i = 0; i < elements.size(); i++) {
                    if (i > 0) {
                        put(',');
                    }
                    write(elements.get(i));
                }
                put(']');
            }
            case JsonString(String text) -> string(text);
            case JsonInteger(long number) -> ascii(Long.toString(number));
            case JsonBoolean(boolean truth) -> ascii(truth ? "true" : "false");
        }
        return this;
    }

    private void put(int ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    private void put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }

    private void ascii(String text) {
        put(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 8785 §3.2.2.2: the short escapes, {@code \}{@code u00xx} for other controls, everything else as it is. */
    private void string(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                put(c);
            } else if (c >= 0x80) {
                i += codePoint(text, i) - 1;
            } else if (c >= 0x20) {
                put('\\');
                put(c);
            } else {
                control(c);
            }
        }
        put('"');
    }

    private void control(char c) {
        put('\\');
        switch (c) {
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> {
                ascii("u00");
                put(HEX[c >> 4]);
                put(HEX[c & 0xf]);
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
        put(text.substring(index, index + units).getBytes(StandardCharsets.UTF_8));
        return units;
    }
}
