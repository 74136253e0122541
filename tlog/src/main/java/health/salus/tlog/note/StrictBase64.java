package health.salus.tlog.note;

import java.util.Base64;

/** Padded base64 (RFC 4648 §4) with one spelling for each value. */
final class StrictBase64 {
    private StrictBase64() {}

    /** @throws IllegalArgumentException for anything that {@link #encode} would not write */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!encode(bytes).equals(text)) { // the decoder tolerates missing padding and stray low bits
            throw new IllegalArgumentException("base64 that is not in its one spelling");
        }
        return bytes;
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
