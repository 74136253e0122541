package health.salus.identity;

import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a passkey answers when it is asked to sign: a Web Authentication assertion (W3C WebAuthn Level 3 §7.2) by ES256,
 * bound to the SHA-256 digest that was its challenge. It shows that the authenticator verified its user, on a page of
 * {@link #origin}.
 *
 * <p>Bytes: authenticator data (§6.1; exactly 37, so without attested credential data and extensions), r ‖ s (64, the lower
 * s), client data (the rest, at most {@value #MAX_CLIENT_DATA_BYTES}). The client data are read by the limited verification
 * algorithm (§5.8.1.2), which compares bytes and parses no JSON: every verifier finds the same. Immutable, compared by
 * content.
 */
public final class PasskeyAssertion {
    /** Longest client data, in bytes. */
    public static final int MAX_CLIENT_DATA_BYTES = 1_024;

    private static final int AUTHENTICATOR_DATA_BYTES = 37;
    private static final int FLAGS = 32;
    private static final int COUNTER = 33;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int CREDENTIAL_OR_EXTENSIONS = 0xc0;

    private static final byte[] CHALLENGE_START = ascii("{\"type\":\"webauthn.get\",\"challenge\":\"");
    private static final byte[] ORIGIN_START = ascii("\",\"origin\":\"");
    private static final byte[] ORIGIN_END = ascii("\",\"crossOrigin\":false");
    private static final int CHALLENGE_CHARS = 43;
    private static final int ORIGIN = CHALLENGE_START.length + CHALLENGE_CHARS + ORIGIN_START.length;

    private final byte[] authenticatorData;
    private final P256Signature signature;
    private final byte[] clientData;
    private final String origin;
    private final Sha256 challenge;

    private PasskeyAssertion(byte[] authenticatorData, P256Signature signature, byte[] clientData) {
        if (authenticatorData.length != AUTHENTICATOR_DATA_BYTES
                || (authenticatorData[FLAGS] & CREDENTIAL_OR_EXTENSIONS) != 0) {
            throw new IllegalArgumentException("authenticator data of an assertion with " + authenticatorData.length
                    + " bytes (expected: 37, no credential, no extensions)");
        }
        this.authenticatorData = authenticatorData;
        this.signature = signature;
        this.clientData = clientData;
        this.challenge = readChallenge(clientData);
        this.origin = readOrigin(clientData);
    }

    /**
     * What {@code navigator.credentials.get} answered.
     *
     * @param derSignature ECDSA-Sig-Value in DER (§6.5.5), with whichever s
     * @throws IllegalArgumentException if it is no assertion of the kind that the network takes
     */
    public static PasskeyAssertion of(byte[] authenticatorData, byte[] clientData, byte[] derSignature) {
        return new PasskeyAssertion(
                authenticatorData.clone(), P256Signature.normalized(derSignature), clientData.clone());
    }

    /** Reads {@link #bytes}. @throws IllegalArgumentException for anything else */
    public static PasskeyAssertion ofBytes(byte[] bytes) {
        int start = AUTHENTICATOR_DATA_BYTES + P256Signature.BYTES;
        if (bytes.length < start) {
            throw new IllegalArgumentException("passkey assertion of " + bytes.length + " bytes (expected: more)");
        }
        return new PasskeyAssertion(
                Arrays.copyOf(bytes, AUTHENTICATOR_DATA_BYTES),
                P256Signature.checked(Arrays.copyOfRange(bytes, AUTHENTICATOR_DATA_BYTES, start)),
                Arrays.copyOfRange(bytes, start, bytes.length));
    }

    /** The bytes, as the class describes them. */
    public byte[] bytes() {
        byte[] bytes = new byte[AUTHENTICATOR_DATA_BYTES + P256Signature.BYTES + clientData.length];
        System.arraycopy(authenticatorData, 0, bytes, 0, AUTHENTICATOR_DATA_BYTES);
        System.arraycopy(signature.bytes(), 0, bytes, AUTHENTICATOR_DATA_BYTES, P256Signature.BYTES);
        System.arraycopy(clientData, 0, bytes, AUTHENTICATOR_DATA_BYTES + P256Signature.BYTES, clientData.length);
        return bytes;
    }

    /**
     * Whether {@code key} signed for the challenge {@code digest}, and its user was present and verified (§7.2 steps 11, 12,
     * 15, 16, 19 and 20). For which origin and site it did, and with which counter, the caller has to compare.
     */
    public boolean verify(Sha256 digest, P256PublicKey key) {
        int verified = USER_PRESENT | USER_VERIFIED;
        return challenge.equals(digest)
                && (authenticatorData[FLAGS] & verified) == verified
                && key.verify(Sha256.of(authenticatorData, Sha256.of(clientData).bytes()), signature);
    }

    /** Origin of the page that asked, for example {@code https://hospital.example}. */
    public String origin() {
        return origin;
    }

    /** SHA-256 of the domain for which the passkey was made (RP ID). */
    public Sha256 rpIdHash() {
        return Sha256.ofBytes(Arrays.copyOf(authenticatorData, Sha256.BYTES));
    }

    /** How often the passkey has signed, as it counts itself; 0 where it doesn't count. */
    public long counter() {
        long counter = 0;
        for (int i = COUNTER; i < AUTHENTICATOR_DATA_BYTES; i++) {
            counter = (counter << Byte.SIZE) | (authenticatorData[i] & 0xff);
        }
        return counter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasskeyAssertion that && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return signature.hashCode();
    }

    /** The origin; no part of the signature. */
    @Override
    public String toString() {
        return "assertion of a passkey at " + origin;
    }

    private static Sha256 readChallenge(byte[] clientData) {
        int end = CHALLENGE_START.length + CHALLENGE_CHARS;
        if (clientData.length > MAX_CLIENT_DATA_BYTES
                || !hasAt(clientData, 0, CHALLENGE_START)
                || !hasAt(clientData, end, ORIGIN_START)) {
            throw malformed();
        }
        return Sha256.ofBytes(Base64Url.decode(clientData, CHALLENGE_START.length, end));
    }

    /** Up to the next quotation mark; origins are ASCII and need no escapes. */
    private static String readOrigin(byte[] clientData) {
        int end = ORIGIN;
        while (end < clientData.length && clientData[end] != '"') {
            if (clientData[end] <= ' ' || clientData[end] == '\\') { // or not ASCII
                throw malformed();
            }
            end++;
        }
        int next = end + ORIGIN_END.length;
        boolean ends = clientData[clientData.length - 1] == '}'
                && hasAt(clientData, end, ORIGIN_END)
                && (next == clientData.length - 1 || clientData[next] == ',');
        if (!ends) {
            throw malformed();
        }
        return new String(clientData, ORIGIN, end - ORIGIN, StandardCharsets.US_ASCII);
    }

    private static boolean hasAt(byte[] text, int position, byte[] part) {
        int end = position + part.length;
        return end <= text.length && Arrays.equals(text, position, end, part, 0, part.length);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "client data of another kind (expected: those of an assertion with a challenge"
                        + " of 32 bytes, not cross-origin, at most " + MAX_CLIENT_DATA_BYTES + " bytes)");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
