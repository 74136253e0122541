package health.salus.identity;

import java.util.Arrays;
import java.util.Base64;

/** Unpadded base64url (RFC 4648 §5) in the one spelling that each byte string has. */
final class Base64Url {
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    static byte[] encode(byte[] bytes) {
        return ENCODER.encode(bytes);
    }

    static String encodeToString(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /**
     * Decodes the characters from {@code start}, inclusive, to {@code end}, exclusive.
     *
     * @throws IllegalArgumentException for other characters, padding, an impossible length, or stray low bits
     */
    static byte[] decode(byte[] text, int start, int end) {
        int length = end - start;
        byte[] bytes = DECODER.decode(Arrays.copyOfRange(text, start, end));
        int rest = length % 4;
        if (bytes.length != length / 4 * 3 + Math.max(0, rest - 1)) { // the decoder passes over padding
            throw new IllegalArgumentException("padded base64url");
        }
        int strayBits = rest == 2 ? 0b1111 : rest == 3 ? 0b11 : 0;
        if (strayBits != 0 && (ALPHABET.indexOf(text[end - 1]) & strayBits) != 0) {
            throw new IllegalArgumentException("base64url with stray bits");
        }
        return bytes;
    }
}
