package health.salus.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.tlog.note.NoteSigner;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519PointPropertyTest {
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    @Property(tries = 200)
    void every_public_key_is_a_point(@ForAll @Size(32) byte[] seed) {
        NoteSigner signer = NoteSigner.ofSeed("any", seed);

        assertThat(Ed25519Point.isEncoded(signer.verifier().publicKey())).isTrue();
    }

    @Property(tries = 2_000)
    void random_bytes_are_a_point_where_the_jdk_says_so(@ForAll @Size(32) byte[] key) throws GeneralSecurityException {
        assertThat(Ed25519Point.isEncoded(key)).isEqualTo(isKeyOfTheJdk(key));
    }

    private static boolean isKeyOfTheJdk(byte[] key) throws GeneralSecurityException {
        byte[] encoded = new byte[X509_PREFIX.length + key.length];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(key, 0, encoded, X509_PREFIX.length, key.length);
        try {
            Signature.getInstance("Ed25519", "SunEC")
                    .initVerify(
                            KeyFactory.getInstance("Ed25519", "SunEC").generatePublic(new X509EncodedKeySpec(encoded)));
            return true;
        } catch (InvalidKeyException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0100000000000000000000000000000000000000000000000000000000000000, true", // x = 0
        "0100000000000000000000000000000000000000000000000000000000000080, false", // x = -0
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, true", // y = -1, x = 0
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, false",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false", // y = p
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false", // y = p + 1
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, false",
        "0200000000000000000000000000000000000000000000000000000000000000, false"
    })
    void encodings_at_the_edges(String key, boolean point) {
        assertThat(Ed25519Point.isEncoded(HexFormat.of().parseHex(key))).isEqualTo(point);
    }
}
