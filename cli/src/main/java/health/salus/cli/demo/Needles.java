package health.salus.cli.demo;

import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for texts, and for unsalted hashes of them, in bytes: as it is, in JSON, and as SHA-256 in bytes, hexadecimal or
 * base64url. Immutable.
 */
final class Needles {
    /** Shorter texts occur in random base64url by chance; they count only as a whole JSON string. */
    private static final int SHORTEST_BARE = 7;

    private static final int PREFIX = 4;

    private final Map<Integer, List<byte[]>> byPrefix = new HashMap<>();
    private final int texts;

    /** @param texts what must not be found */
    Needles(Set<String> texts) {
        this.texts = texts.size();
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            add(utf8.length < SHORTEST_BARE ? ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8) : utf8);
            Sha256 hash = Sha256.of(utf8);
            add(hash.bytes());
            add(HexFormat.of().formatHex(hash.bytes()).getBytes(StandardCharsets.US_ASCII));
            add(hash.base64Url().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void add(byte[] needle) {
        if (needle.length >= PREFIX) {
            byPrefix.computeIfAbsent(prefix(needle, 0), same -> new ArrayList<>())
                    .add(needle);
        }
    }

    /** How many texts are looked for. */
    int texts() {
        return texts;
    }

    /** How often any of them occurs in {@code bytes}. */
    int countIn(byte[] bytes) {
        int count = 0;
        for (int i = 0; i + PREFIX <= bytes.length; i++) {
            for (byte[] needle : byPrefix.getOrDefault(prefix(bytes, i), List.of())) {
                if (isAt(needle, bytes, i)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean isAt(byte[] needle, byte[] bytes, int at) {
        if (at + needle.length > bytes.length) {
            return false;
        }
        for (int i = PREFIX; i < needle.length; i++) {
            if (bytes[at + i] != needle[i]) {
                return false;
            }
        }
        return true;
    }

    private static int prefix(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }
}
