package health.salus.identity;

import health.salus.foundation.CryptoProvider;
import health.salus.foundation.Sha256;
import health.salus.identity.JwsException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A JWS in compact serialization (RFC 7515 §3.1) of the one kind that the network signs: ES256 (RFC 7518 §3.4) with
 * the lower s, under the header <code>{"alg":"ES256","kid":"…","typ":"salus+jws"}</code> in exactly these bytes.
 *
 * <p>One header, one base64url spelling and the lower s together leave no freedom: nobody but the signer can make a
 * second text with the same {@linkplain #signingInputDigest() digest}, and no field of the header can steer the
 * verifier. Any JOSE library can sign and verify such texts. Immutable.
 *
 * <p>Header and signature have fixed lengths, so the dots have fixed places and nothing is searched for.
 */
public final class CompactJws {
    private static final byte[] HEADER_START = ascii("{\"alg\":\"ES256\",\"kid\":\"");
    private static final byte[] HEADER_END = ascii("\",\"typ\":\"salus+jws\"}");
    private static final int KID_CHARS = 43;
    private static final int HEADER_BYTES = HEADER_START.length + KID_CHARS + HEADER_END.length;
    private static final int HEADER_CHARS = (HEADER_BYTES * 4 + 2) / 3;
    private static final int SIGNATURE_CHARS = 86;
    private static final int OVERHEAD = HEADER_CHARS + 1 + 1 + SIGNATURE_CHARS;

    private final byte[] compact;
    private final Sha256 kid;
    private final byte[] payload;
    private final P256Signature signature;
    private final Sha256 signingInputDigest;

    private CompactJws(byte[] compact, Sha256 kid, byte[] payload, P256Signature signature, Sha256 digest) {
        this.compact = compact;
        this.kid = kid;
        this.payload = payload;
        this.signature = signature;
        this.signingInputDigest = digest;
    }

    /**
     * Reads a text without verifying its signature.
     *
     * @param compact the text in ASCII
     * @param maxBytes longest text to accept, in bytes
     * @throws JwsException for anything else
     */
    public static CompactJws parse(byte[] compact, int maxBytes) {
        if (compact.length > maxBytes) {
            throw new JwsException(Reason.TOO_LARGE, "JWS of " + compact.length + " bytes (at most " + maxBytes + ")");
        }
        int signatureDot = compact.length - SIGNATURE_CHARS - 1;
        if (compact.length < OVERHEAD || compact[HEADER_CHARS] != '.' || compact[signatureDot] != '.') {
            throw malformed();
        }
        byte[] text = compact.clone();
        byte[] header = decode(text, 0, HEADER_CHARS);
        byte[] payload = decode(text, HEADER_CHARS + 1, signatureDot);
        byte[] signature = decode(text, signatureDot + 1, text.length);
        return new CompactJws(text, kid(header), payload, signature(signature), digest(text, signatureDot));
    }

    /** Signs {@code payload} under the key id {@code kid}. */
    public static CompactJws sign(byte[] payload, Sha256 kid, P256PrivateKey key) {
        byte[] header = concat(HEADER_START, ascii(kid.base64Url()), HEADER_END);
        byte[] input = concat(Base64Url.encode(header), new byte[] {'.'}, Base64Url.encode(payload));
        Sha256 digest = digest(input, input.length);
        P256Signature signature = key.sign(digest);
        byte[] compact = concat(input, new byte[] {'.'}, Base64Url.encode(signature.bytes()));
        return new CompactJws(compact, kid, payload.clone(), signature, digest);
    }

    /** Whether {@code key} made the signature. */
    public boolean verify(P256PublicKey key) {
        return key.verify(signingInputDigest, signature);
    }

    /** The key id that the header names: a certificate's or a JWK's thumbprint. */
    public Sha256 kid() {
        return kid;
    }

    /** The signed bytes, decoded. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The signature. */
    public P256Signature signature() {
        return signature;
    }

    /** SHA-256 of the JWS signing input (RFC 7515 §5.1 step 8), {@code header.payload} as they are encoded. */
    public Sha256 signingInputDigest() {
        return signingInputDigest;
    }

    /** The text in ASCII. */
    public byte[] compact() {
        return compact.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompactJws that && Arrays.equals(compact, that.compact);
    }

    @Override
    public int hashCode() {
        return signingInputDigest.hashCode();
    }

    /** Length and digest; the payload stays out. */
    @Override
    public String toString() {
        return "JWS of " + compact.length + " bytes, digest " + signingInputDigest;
    }

    private static Sha256 kid(byte[] header) {
        int end = HEADER_START.length + KID_CHARS;
        if (header.length != HEADER_BYTES
                || !Arrays.equals(header, 0, HEADER_START.length, HEADER_START, 0, HEADER_START.length)
                || !Arrays.equals(header, end, HEADER_BYTES, HEADER_END, 0, HEADER_END.length)) {
            throw wrongHeader();
        }
        try {
            return Sha256.ofBytes(Base64Url.decode(header, HEADER_START.length, end));
        } catch (IllegalArgumentException e) {
            throw wrongHeader();
        }
    }

    private static P256Signature signature(byte[] bytes) {
        try {
            return P256Signature.checked(bytes);
        } catch (IllegalArgumentException e) {
            throw new JwsException(Reason.BAD_SIGNATURE, "JWS with a " + e.getMessage());
        }
    }

    private static byte[] decode(byte[] text, int start, int end) {
        try {
            return Base64Url.decode(text, start, end);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static Sha256 digest(byte[] text, int end) {
        MessageDigest digest = CryptoProvider.sha256();
        digest.update(text, 0, end);
        return Sha256.ofBytes(digest.digest());
    }

    private static JwsException malformed() {
        return new JwsException(
                Reason.MALFORMED,
                "not a compact JWS of this network (expected: " + HEADER_CHARS + " characters, dot, payload, dot, "
                        + SIGNATURE_CHARS + " characters; unpadded base64url)");
    }

    private static JwsException wrongHeader() {
        return new JwsException(
                Reason.WRONG_HEADER,
                "JWS with another header (expected: {\"alg\":\"ES256\",\"kid\":\"<43 characters of base64url>\","
                        + "\"typ\":\"salus+jws\"})");
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int position = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, position, part.length);
            position += part.length;
        }
        return whole;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
