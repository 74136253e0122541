package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Sha256;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;

class P256PrivateKeyTest {
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1});

    @Test
    void a_key_survives_pkcs8() {
        P256PrivateKey key = P256PrivateKey.generate();

        P256PrivateKey read = P256PrivateKey.of(key.key().getEncoded(), key.publicKey());

        assertThat(key.publicKey().verify(DIGEST, read.sign(DIGEST))).isTrue();
    }

    @Test
    void a_key_of_another_public_key_is_refused() {
        byte[] pkcs8 = P256PrivateKey.generate().key().getEncoded();
        P256PublicKey other = P256PrivateKey.generate().publicKey();

        assertThatThrownBy(() -> P256PrivateKey.of(pkcs8, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another public key");
    }

    @Test
    void a_key_of_another_curve_is_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        P256PublicKey publicKey = P256PrivateKey.generate().publicKey();

        assertThatThrownBy(() -> P256PrivateKey.of(pkcs8, publicKey)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> P256PrivateKey.of(new byte[] {1, 2, 3}, publicKey))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
