package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Sha256;
import health.salus.identity.JwsException.Reason;
import health.salus.identity.testing.SoftPasskey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyAssertionTest {
    private static final String ORIGIN = "https://hospital.example";
    private static final Sha256 CHALLENGE = Sha256.of(ascii("what is signed"));
    private static final int MAX = 65_535;

    private final SoftPasskey passkey = new SoftPasskey(ORIGIN);

    @Test
    void an_assertion_reads_back_and_verifies() {
        PasskeyAssertion made = passkey.sign(CHALLENGE);
        PasskeyAssertion read = PasskeyAssertion.ofBytes(made.bytes());

        assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(read.verify(CHALLENGE, passkey.publicKey())).isTrue();
        assertThat(read.origin()).isEqualTo(ORIGIN);
        assertThat(read.rpIdHash()).isEqualTo(Sha256.of(ascii("hospital.example")));
        assertThat(read.counter()).isEqualTo(1);
    }

    @Test
    void the_higher_s_of_an_authenticator_becomes_the_lower() {
        for (int i = 0; i < 16; i++) { // a coin toss each time
            assertThat(passkey.sign(CHALLENGE).verify(CHALLENGE, passkey.publicKey()))
                    .isTrue();
        }
    }

    @Test
    void another_key_or_another_challenge_does_not_verify() {
        PasskeyAssertion made = passkey.sign(CHALLENGE);

        assertThat(made.verify(CHALLENGE, new SoftPasskey(ORIGIN).publicKey())).isFalse();
        assertThat(made.verify(Sha256.of(ascii("another thing")), passkey.publicKey()))
                .isFalse();
    }

    @ParameterizedTest(name = "flags {0}")
    @CsvSource({"0x00,false", "0x01,false", "0x04,false", "0x05,true", "0x1d,true"})
    void its_user_must_be_present_and_verified(String flags, boolean verifies) {
        passkey.flags(Integer.decode(flags));

        assertThat(passkey.sign(CHALLENGE).verify(CHALLENGE, passkey.publicKey()))
                .isEqualTo(verifies);
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(strings = {"0x45", "0x85", "0xc5"})
    void credentials_and_extensions_are_refused(String flags) {
        passkey.flags(Integer.decode(flags));

        assertThatThrownBy(() -> passkey.sign(CHALLENGE)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"type\":\"webauthn.create\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":true}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\"}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":falsehood}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"\\u0068%s\",\"crossOrigin\":false}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%sA\",\"origin\":\"%s\",\"crossOrigin\":false}",
                "{\"challenge\":\"%s\",\"type\":\"webauthn.get\",\"origin\":\"%s\",\"crossOrigin\":false}",
                " {\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
            })
    void client_data_of_another_kind_are_refused(String form) {
        passkey.clientData(form);

        assertThatThrownBy(() -> passkey.sign(CHALLENGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client data");
    }

    @Test
    void later_members_of_client_data_are_taken() {
        passkey.clientData("{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false,"
                + "\"other_keys_can_be_added_here\":\"do not compare against a template\"}");

        assertThat(passkey.sign(CHALLENGE).verify(CHALLENGE, passkey.publicKey()))
                .isTrue();
    }

    @Test
    void client_data_that_are_too_long_are_refused() {
        passkey.clientData("{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false,"
                + "\"x\":\"" + "x".repeat(1_024) + "\"}");

        assertThatThrownBy(() -> passkey.sign(CHALLENGE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_jws_by_passkey_reads_back_and_every_flipped_bit_is_refused_or_does_not_verify() {
        byte[] payload = ascii("{\"action\":\"approve\"}");
        byte[] input =
                CompactJws.signingInputForPasskey(payload, passkey.publicKey().thumbprint());
        byte[] compact = CompactJws.withAssertion(input, passkey.sign(Sha256.of(input)));

        CompactJws read = CompactJws.parse(compact, MAX);
        assertThat(read.verify(passkey.publicKey())).isTrue();
        assertThat(read.kid()).isEqualTo(passkey.publicKey().thumbprint());
        assertThat(read.payload()).isEqualTo(payload);
        assertThat(read.signingInputDigest()).isEqualTo(Sha256.of(input));
        assertThat(read.passkey().orElseThrow().origin()).isEqualTo(ORIGIN);
        for (int i = 0; i < compact.length; i++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] mutated = compact.clone();
                mutated[i] ^= (byte) bit;
                assertThat(accepted(mutated)).as("byte %d, bit %d", i, bit).isFalse();
            }
        }
    }

    @Test
    void every_shortened_jws_by_passkey_is_refused_or_does_not_verify() {
        byte[] input = CompactJws.signingInputForPasskey(
                new byte[0], passkey.publicKey().thumbprint());
        String compact =
                new String(CompactJws.withAssertion(input, passkey.sign(Sha256.of(input))), StandardCharsets.US_ASCII);
        for (int length = 0; length < compact.length(); length++) {
            assertThat(accepted(ascii(compact.substring(0, length)))).isFalse();
            assertThat(accepted(ascii(compact.substring(length + 1)))).isFalse();
        }
        assertThat(accepted(ascii(compact))).isTrue();
    }

    @Test
    void a_signature_of_a_plain_key_is_no_assertion() {
        P256PrivateKey key = P256PrivateKey.generate();
        byte[] plain =
                CompactJws.sign(ascii("{}"), key.publicKey().thumbprint(), key).compact();
        byte[] input =
                CompactJws.signingInputForPasskey(ascii("{}"), key.publicKey().thumbprint());
        String signature = new String(plain, StandardCharsets.US_ASCII).split("\\.", -1)[2];

        assertThatThrownBy(() ->
                        CompactJws.parse(ascii(new String(input, StandardCharsets.US_ASCII) + "." + signature), MAX))
                .isInstanceOfSatisfying(
                        JwsException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_SIGNATURE));
    }

    private boolean accepted(byte[] compact) {
        try {
            return CompactJws.parse(compact, MAX).verify(passkey.publicKey());
        } catch (JwsException refused) {
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
