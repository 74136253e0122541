package health.salus.identity;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An ECDSA signature on P-256 in its one accepted form: r ‖ s, each 32 bytes big-endian, 1 ≤ r &lt; n and
 * 1 ≤ s ≤ n/2. Whoever sees (r, s) can compute (r, n − s), which verifies too; accepting only the lower one leaves
 * one spelling per signature, as Hyperledger Fabric demands. Immutable, compared by content.
 */
public final class P256Signature {
    /** Length in bytes. */
    public static final int BYTES = 64;

    private static final int HALF = BYTES / 2;
    private static final byte[] ORDER =
            HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static final byte[] HALF_ORDER =
            HexFormat.of().parseHex("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8");
    private static final byte[] ZERO = new byte[HALF];
    private static final int DER_SEQUENCE = 0x30;
    private static final int DER_INTEGER = 0x02;

    private final byte[] bytes;

    private P256Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads r ‖ s. @throws IllegalArgumentException unless both are in range and s is the lower one */
    public static P256Signature ofBytes(byte[] bytes) {
        return checked(bytes.clone());
    }

    /**
     * Reads the DER form (RFC 3279 §2.2.3), as certificates hold it.
     *
     * @throws IllegalArgumentException unless it is DER, both numbers are in range and s is the lower one
     */
    public static P256Signature ofDer(byte[] der) {
        P256Signature signature = checked(fromDer(der));
        if (!Arrays.equals(signature.der(), der)) {
            throw new IllegalArgumentException("ECDSA signature that is not DER");
        }
        return signature;
    }

    /** The accepted form of what a JCA provider signed: the same r and the lower of s and n − s. */
    static P256Signature normalized(byte[] der) {
        byte[] bytes = fromDer(der);
        if (Arrays.compareUnsigned(bytes, HALF, BYTES, HALF_ORDER, 0, HALF) > 0) {
            BigInteger s = new BigInteger(1, bytes, HALF, HALF);
            putUnsigned(new BigInteger(1, ORDER).subtract(s).toByteArray(), bytes, HALF);
        }
        return checked(bytes);
    }

    /** r ‖ s, 64 bytes (the form of JWS, RFC 7518 §3.4). */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The DER form (RFC 3279 §2.2.3), at most 72 bytes. */
    public byte[] der() {
        int rSkip = leadingZeros(0);
        int sSkip = leadingZeros(HALF);
        int rSign = bytes[rSkip] < 0 ? 1 : 0;
        int sSign = bytes[HALF + sSkip] < 0 ? 1 : 0;
        int rLength = HALF - rSkip + rSign;
        int sLength = HALF - sSkip + sSign;
        byte[] der = new byte[6 + rLength + sLength];
        der[0] = DER_SEQUENCE;
        der[1] = (byte) (der.length - 2);
        der[2] = DER_INTEGER;
        der[3] = (byte) rLength;
        System.arraycopy(bytes, rSkip, der, 4 + rSign, HALF - rSkip);
        der[4 + rLength] = DER_INTEGER;
        der[5 + rLength] = (byte) sLength;
        System.arraycopy(bytes, HALF + sSkip, der, 6 + rLength + sSign, HALF - sSkip);
        return der;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof P256Signature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** r ‖ s in unpadded base64url, 86 characters. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** FIPS 186-5 §6.4.2 step 1, and s ≤ n/2. Takes the array over. */
    static P256Signature checked(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("P-256 signature of " + bytes.length + " bytes (expected: 64)");
        }
        if (Arrays.equals(bytes, 0, HALF, ZERO, 0, HALF)
                || Arrays.compareUnsigned(bytes, 0, HALF, ORDER, 0, HALF) >= 0
                || Arrays.equals(bytes, HALF, BYTES, ZERO, 0, HALF)) {
            throw new IllegalArgumentException("P-256 signature with r or s out of range");
        }
        if (Arrays.compareUnsigned(bytes, HALF, BYTES, HALF_ORDER, 0, HALF) > 0) {
            throw new IllegalArgumentException("P-256 signature with the higher s (expected: s at most n/2)");
        }
        return new P256Signature(bytes);
    }

    private static byte[] fromDer(byte[] der) {
        if (der.length < 8 || der[0] != DER_SEQUENCE || der[1] != der.length - 2) {
            throw new IllegalArgumentException("ECDSA signature that is not DER");
        }
        byte[] bytes = new byte[BYTES];
        int end = integer(der, integer(der, 2, bytes, 0), bytes, HALF);
        if (end != der.length) {
            throw new IllegalArgumentException("ECDSA signature that is not DER");
        }
        return bytes;
    }

    /** Reads the INTEGER at {@code position} and answers where it ends. */
    private static int integer(byte[] der, int position, byte[] target, int offset) {
        int start = position + 2;
        if (start > der.length
                || der[position] != DER_INTEGER
                || der[position + 1] < 1
                || start + der[position + 1] > der.length) {
            throw new IllegalArgumentException("ECDSA signature that is not DER");
        }
        int end = start + der[position + 1];
        putUnsigned(Arrays.copyOfRange(der, start, end), target, offset);
        return end;
    }

    /** Right-aligns a two's-complement number that must not be negative. */
    private static void putUnsigned(byte[] number, byte[] target, int offset) {
        int skip = number.length == HALF + 1 && number[0] == 0 ? 1 : 0;
        int length = number.length - skip;
        if (number[0] < 0 || length > HALF) {
            throw new IllegalArgumentException("P-256 signature with r or s out of range");
        }
        Arrays.fill(target, offset, offset + HALF - length, (byte) 0);
        System.arraycopy(number, skip, target, offset + HALF - length, length);
    }

    private int leadingZeros(int offset) {
        int zeros = 0;
        while (bytes[offset + zeros] == 0) { // ends: neither number is zero
            zeros++;
        }
        return zeros;
    }
}
