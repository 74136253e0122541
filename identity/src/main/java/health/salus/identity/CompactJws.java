package health.salus.identity;

import health.salus.foundation.CryptoProvider;
import health.salus.foundation.Sha256;
import health.salus.identity.JwsException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A JWS in compact serialization (RFC 7515 §3.1) of the two kinds that the network signs:
 *
 * <ul>
 *   <li>ES256 (RFC 7518 §3.4) with the lower s, under the header
 *       <code>{"alg":"ES256","kid":"…","typ":"salus+jws"}</code> in exactly these bytes; any JOSE library can sign and verify
 *       such texts;
 *   <li>by a passkey, under the same header with <code>"alg":"WebAuthn-ES256"</code>, a collision-resistant name (RFC 7515
 *       §4.1.1): the signature is a {@link PasskeyAssertion} whose challenge is the {@linkplain #signingInputDigest()
 *       digest}.
 * </ul>
 *
 * <p>One header, one base64url spelling and the lower s together leave no freedom: nobody but the signer can make a
 * second text with the same {@linkplain #signingInputDigest() digest}, and no field of the header can steer the
 * verifier. Immutable.
 *
 * <p>Headers have fixed lengths, and so has a plain signature, so the dots have fixed places; only the last dot of a
 * passkey's text is searched for.
 */
public final class CompactJws {
    private static final int KID_CHARS = 43;
    private static final byte[] HEADER_END = ascii("\",\"typ\":\"salus+jws\"}");
    private static final int SIGNATURE_CHARS = 86;

    private final byte[] compact;
    private final Sha256 kid;
    private final byte[] payload;
    private final Proof proof;
    private final Sha256 signingInputDigest;

    /** How the header begins, up to the key id. */
    private enum Form {
        PLAIN("{\"alg\":\"ES256\",\"kid\":\""),
        PASSKEY("{\"alg\":\"WebAuthn-ES256\",\"kid\":\"");

        private final String start;
        private final int headerBytes;
        private final int headerChars;

        Form(String start) {
            this.start = start;
            this.headerBytes = start.length() + KID_CHARS + HEADER_END.length;
            this.headerChars = (headerBytes * 4 + 2) / 3;
        }

        boolean fits(byte[] text) {
            return text.length > headerChars + 1 && text[headerChars] == '.';
        }

        boolean begins(byte[] header) {
            for (int i = 0; i < start.length(); i++) {
                if (header[i] != start.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private sealed interface Proof {
        record BySignature(P256Signature signature) implements Proof {}

        record ByPasskey(PasskeyAssertion assertion) implements Proof {}
    }

    private CompactJws(byte[] compact, Sha256 kid, byte[] payload, Proof proof, Sha256 digest) {
        this.compact = compact;
        this.kid = kid;
        this.payload = payload;
        this.proof = proof;
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
        byte[] text = compact.clone();
        Form form = Form.PLAIN.fits(text) ? Form.PLAIN : Form.PASSKEY; // no header has a dot inside
        if (!form.fits(text)) {
            throw malformed();
        }
        int signatureDot = switch (form) {
            case PLAIN -> text.length - SIGNATURE_CHARS - 1;
            case PASSKEY -> lastDot(text);
        };
        if (signatureDot <= form.headerChars || text[signatureDot] != '.') {
            throw malformed();
        }
        byte[] header = decode(text, 0, form.headerChars);
        byte[] payload = decode(text, form.headerChars + 1, signatureDot);
        byte[] signature = decode(text, signatureDot + 1, text.length);
        Proof proof = switch (form) {
            case PLAIN -> new Proof.BySignature(signature(signature));
            case PASSKEY -> new Proof.ByPasskey(assertion(signature));
        };
        return new CompactJws(text, kid(form, header), payload, proof, digest(text, signatureDot));
    }

    /** Signs {@code payload} under the key id {@code kid}. */
    public static CompactJws sign(byte[] payload, Sha256 kid, P256PrivateKey key) {
        byte[] input = signingInput(Form.PLAIN, payload, kid);
        Sha256 digest = digest(input, input.length);
        P256Signature signature = key.sign(digest);
        byte[] compact = concat(input, new byte[] {'.'}, Base64Url.encode(signature.bytes()));
        return new CompactJws(compact, kid, payload.clone(), new Proof.BySignature(signature), digest);
    }

    /** What a passkey has to sign for {@code payload}: the SHA-256 digest of these bytes is its challenge. */
    public static byte[] signingInputForPasskey(byte[] payload, Sha256 kid) {
        return signingInput(Form.PASSKEY, payload, kid);
    }

    /** Puts together what {@link #signingInputForPasskey} gave and what the passkey answered. */
    public static byte[] withAssertion(byte[] signingInput, PasskeyAssertion assertion) {
        return concat(signingInput, new byte[] {'.'}, Base64Url.encode(assertion.bytes()));
    }

    private static byte[] signingInput(Form form, byte[] payload, Sha256 kid) {
        byte[] header = concat(ascii(form.start), ascii(kid.base64Url()), HEADER_END);
        return concat(Base64Url.encode(header), new byte[] {'.'}, Base64Url.encode(payload));
    }

    /** Whether {@code key} made the signature. */
    public boolean verify(P256PublicKey key) {
        return switch (proof) {
            case Proof.BySignature(P256Signature signature) -> key.verify(signingInputDigest, signature);
            case Proof.ByPasskey(PasskeyAssertion assertion) -> assertion.verify(signingInputDigest, key);
        };
    }

    /** The key id that the header names: a certificate's or a JWK's thumbprint. */
    public Sha256 kid() {
        return kid;
    }

    /** The signed bytes, decoded. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The passkey's assertion; empty where a plain key signed. */
    public Optional<PasskeyAssertion> passkey() {
        return proof instanceof Proof.ByPasskey(PasskeyAssertion assertion) ? Optional.of(assertion) : Optional.empty();
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

    private static int lastDot(byte[] text) {
        int dot = text.length - 1;
        while (text[dot] != '.') { // there is one after the header
            dot--;
        }
        return dot;
    }

    private static Sha256 kid(Form form, byte[] header) {
        int start = form.start.length();
        int end = start + KID_CHARS;
        if (header.length != form.headerBytes
                || !form.begins(header)
                || !Arrays.equals(header, end, header.length, HEADER_END, 0, HEADER_END.length)) {
            throw wrongHeader();
        }
        try {
            return Sha256.ofBytes(Base64Url.decode(header, start, end));
        } catch (IllegalArgumentException e) {
            throw wrongHeader();
        }
    }

    private static PasskeyAssertion assertion(byte[] bytes) {
        try {
            return PasskeyAssertion.ofBytes(bytes);
        } catch (IllegalArgumentException e) {
            throw new JwsException(Reason.BAD_SIGNATURE, "JWS with a " + e.getMessage());
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
                "not a compact JWS of this network (expected: " + Form.PLAIN.headerChars + " characters, dot, payload,"
                        + " dot, " + SIGNATURE_CHARS + " characters; or, by a passkey, " + Form.PASSKEY.headerChars
                        + " characters, dot, payload, dot, assertion; unpadded base64url)");
    }

    private static JwsException wrongHeader() {
        return new JwsException(
                Reason.WRONG_HEADER,
                "JWS with another header (expected: {\"alg\":\"ES256\" or \"WebAuthn-ES256\",\"kid\":\"<43 characters of base64url>\","
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
