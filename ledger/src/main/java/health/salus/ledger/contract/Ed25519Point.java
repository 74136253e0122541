package health.salus.ledger.contract;

import java.math.BigInteger;

/**
 * Says whether 32 bytes are a point of Ed25519 (RFC 8032 §5.1.3). Computed here, since security providers differ in what
 * they refuse and when, and every node has to come to the same answer.
 */
public final class Ed25519Point {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121_665)
            .multiply(BigInteger.valueOf(121_666).modInverse(P))
            .mod(P);
    private static final BigInteger EULER = P.subtract(BigInteger.ONE).shiftRight(1);

    private Ed25519Point() {}

    /** Whether {@code key}, little-endian y with the sign of x in the highest bit, decodes to a point. */
    public static boolean isEncoded(byte[] key) {
        byte[] bigEndian = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            bigEndian[key.length - 1 - i] = key[i];
        }
        boolean negative = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        if (y.compareTo(P) >= 0) {
            return false; // step 1
        }
        BigInteger square = y.multiply(y).mod(P);
        BigInteger u = square.subtract(BigInteger.ONE).mod(P);
        BigInteger v = D.multiply(square).add(BigInteger.ONE).mod(P); // never 0: -1/d is no square
        if (u.signum() == 0) {
            return !negative; // step 4: x = 0 has no sign
        }
        return u.multiply(v).modPow(EULER, P).equals(BigInteger.ONE); // u/v is a square where u*v is
    }
}
