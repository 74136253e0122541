package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P256SignatureTest {
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger HALF = N.shiftRight(1);
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1, 2, 3});

    @Test
    void both_forms_lead_back_whatever_the_lengths_of_r_and_s() throws Exception {
        for (int rBits : new int[] {1, 7, 8, 9, 127, 128, 248, 255, 256}) {
            for (int sBits : new int[] {1, 7, 8, 9, 127, 128, 248, 254}) {
                BigInteger r = BigInteger.ONE.shiftLeft(rBits - 1);
                BigInteger s = BigInteger.ONE.shiftLeft(sBits - 1);
                P256Signature signature = P256Signature.ofBytes(bytes(r, s));

                assertThat(signature.der()).isEqualTo(der(r, s));
                assertThat(P256Signature.ofDer(signature.der())).isEqualTo(signature);
                assertThat(signature.bytes()).isEqualTo(bytes(r, s));
            }
        }
    }

    @Test
    void the_bounds_are_those_of_the_group() {
        assertThat(P256Signature.ofBytes(bytes(BigInteger.ONE, BigInteger.ONE))).isNotNull();
        assertThat(P256Signature.ofBytes(bytes(N.subtract(BigInteger.ONE), HALF)))
                .isNotNull();

        assertRefused(bytes(BigInteger.ZERO, BigInteger.ONE), "out of range");
        assertRefused(bytes(N, BigInteger.ONE), "out of range");
        assertRefused(bytes(BigInteger.ONE, BigInteger.ZERO), "out of range");
        assertRefused(bytes(BigInteger.ONE, HALF.add(BigInteger.ONE)), "higher s");
        assertRefused(bytes(BigInteger.ONE, N), "higher s");
        assertRefused(new byte[63], "63 bytes");
    }

    @Test
    void a_signature_with_the_higher_s_is_normalized_and_still_verifies() throws Exception {
        P256PrivateKey key = P256PrivateKey.generate();
        P256Signature lower = key.sign(DIGEST);
        byte[] higher = der(r(lower), N.subtract(s(lower)));

        assertThatThrownBy(() -> P256Signature.ofDer(higher)).hasMessageContaining("higher s");
        assertThat(P256Signature.normalized(higher)).isEqualTo(lower);
        assertThat(key.publicKey().verify(DIGEST, lower)).isTrue();
    }

    @Test
    void a_hundred_signatures_have_the_lower_s_and_verify_under_their_digest_only() {
        P256PrivateKey key = P256PrivateKey.generate();
        for (int i = 0; i < 100; i++) {
            Sha256 digest = Sha256.of(new byte[] {(byte) i});
            P256Signature signature = key.sign(digest);

            assertThat(s(signature)).isLessThanOrEqualTo(HALF);
            assertThat(key.publicKey().verify(digest, signature)).isTrue();
            assertThat(key.publicKey().verify(DIGEST, signature)).isFalse();
        }
    }

    @Test
    void the_signature_of_rfc_6979_a_2_5_verifies() {
        P256PublicKey key = P256PublicKey.ofBytes(HexFormat.of()
                .parseHex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                        + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"));
        BigInteger r = new BigInteger("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", 16);
        BigInteger s = new BigInteger("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8", 16);

        P256Signature signature = P256Signature.normalized(der(r, s)); // the RFC's s is the higher one

        assertThat(key.verify(Sha256.of("sample".getBytes(StandardCharsets.US_ASCII)), signature))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3006020101020101ff", // more behind it
                "3007020101020101", // length of the sequence
                "30060201010201", // cut short
                "3006030101020101", // not an integer
                "3006020201020101", // first integer overlaps
                "300602010102017f00",
                "300702020001020101", // not minimal
                "3006020181020101", // negative
                "30810602010102010100" // long form of a short length
            })
    void what_is_not_der_is_refused(String hex) {
        assertThatThrownBy(() -> P256Signature.ofDer(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> P256Signature.ofBytes(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static BigInteger r(P256Signature signature) {
        return new BigInteger(1, Arrays.copyOf(signature.bytes(), 32));
    }

    private static BigInteger s(P256Signature signature) {
        return new BigInteger(1, Arrays.copyOfRange(signature.bytes(), 32, 64));
    }

    private static byte[] bytes(BigInteger r, BigInteger s) {
        byte[] bytes = new byte[64];
        for (int i = 0; i < 32; i++) {
            bytes[31 - i] = r.shiftRight(8 * i).byteValue();
            bytes[63 - i] = s.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static byte[] der(BigInteger r, BigInteger s) {
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(r));
        numbers.add(new ASN1Integer(s));
        try {
            return new DERSequence(numbers).getEncoded();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
