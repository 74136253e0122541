package health.salus.node.passkey;

import health.salus.foundation.Sha256;
import java.math.BigInteger;

/** The number of a key, which people compare on two screens; the module {@code key-number.js} computes the same. */
public final class KeyNumber {
    private static final BigInteger NUMBERS = BigInteger.TEN.pow(20);

    private KeyNumber() {}

    /** The JWK thumbprint modulo 10²⁰ (a search of 2⁶⁶ keys for another of the same number), in groups of five digits. */
    public static String of(Sha256 kid) {
        String digits = String.format("%020d", new BigInteger(1, kid.bytes()).mod(NUMBERS));
        return String.join(" ", digits.split("(?<=\\G.{5})"));
    }
}
