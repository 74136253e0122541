package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P256PublicKeyTest {
    private static final P256PublicKey KEY = P256PrivateKey.generate().publicKey();

    @Test
    void bytes_base64_jca_and_subject_public_key_info_lead_back() {
        assertThat(P256PublicKey.ofBytes(KEY.bytes())).isEqualTo(KEY).hasSameHashCodeAs(KEY);
        assertThat(P256PublicKey.ofBase64Url(KEY.base64Url())).isEqualTo(KEY);
        assertThat(P256PublicKey.of(KEY.key())).isEqualTo(KEY);
        assertThat(P256PublicKey.ofSubjectPublicKeyInfo(KEY.subjectPublicKeyInfo()))
                .isEqualTo(KEY);
        assertThat(KEY.key().getEncoded()).isEqualTo(KEY.subjectPublicKeyInfo());
    }

    @Test
    void the_thumbprint_is_what_nimbus_computes() throws JOSEException {
        ECKey jwk = new ECKey.Builder(Curve.P_256, KEY.key()).build();

        assertThat(KEY.thumbprint().base64Url())
                .isEqualTo(jwk.computeThumbprint().toString());
    }

    @Test
    void a_point_off_the_curve_or_out_of_range_is_refused() {
        byte[] off = KEY.bytes();
        off[63] ^= 1;
        byte[] p = HexFormat.of().parseHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

        assertRefused(off);
        assertRefused(new byte[64]);
        assertRefused(Arrays.copyOf(p, 64));
        assertRefused(Arrays.copyOf(KEY.bytes(), 63));
        assertRefused(Arrays.copyOf(KEY.bytes(), 65));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void a_key_of_another_curve_is_refused(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        PublicKey other = generator.generateKeyPair().getPublic();

        assertThatThrownBy(() -> P256PublicKey.of((ECPublicKey) other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> P256PublicKey.ofSubjectPublicKeyInfo(other.getEncoded()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void base64_has_one_spelling() {
        for (String text :
                new String[] {"", KEY.base64Url() + "==", KEY.base64Url().substring(1), "*".repeat(86)}) {
            assertThatThrownBy(() -> P256PublicKey.ofBase64Url(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertRefused(byte[] point) {
        assertThatThrownBy(() -> P256PublicKey.ofBytes(point)).isInstanceOf(IllegalArgumentException.class);
    }
}
