package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import health.salus.foundation.Sha256;
import health.salus.identity.JwsException.Reason;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {
    private static final int MAX = 65_535;
    private static final P256PrivateKey KEY = P256PrivateKey.generate();
    private static final Sha256 KID = KEY.publicKey().thumbprint();
    private static final byte[] PAYLOAD = ascii("{\"action\":\"anchor\"}");
    private static final CompactJws SIGNED = CompactJws.sign(PAYLOAD, KID, KEY);

    @Test
    void what_was_signed_reads_back_and_verifies() {
        CompactJws read = CompactJws.parse(SIGNED.compact(), MAX);

        assertThat(read).isEqualTo(SIGNED).hasSameHashCodeAs(SIGNED);
        assertThat(read.kid()).isEqualTo(KID);
        assertThat(read.payload()).isEqualTo(PAYLOAD);
        assertThat(read.passkey()).isEmpty();
        assertThat(read.verify(KEY.publicKey())).isTrue();
    }

    @Test
    void another_key_does_not_verify() {
        assertThat(SIGNED.verify(P256PrivateKey.generate().publicKey())).isFalse();
    }

    @Test
    void the_digest_is_that_of_header_dot_payload() {
        String compact = ascii(SIGNED.compact());
        String input = compact.substring(0, compact.lastIndexOf('.'));

        assertThat(SIGNED.signingInputDigest()).isEqualTo(Sha256.of(ascii(input)));
    }

    @Test
    void nimbus_verifies_what_we_sign() throws JOSEException, ParseException {
        JWSObject theirs = JWSObject.parse(ascii(SIGNED.compact()));

        assertThat(theirs.verify(new ECDSAVerifier(KEY.publicKey().key()))).isTrue();
        assertThat(theirs.getHeader().getKeyID()).isEqualTo(KID.base64Url());
        assertThat(theirs.getPayload().toBytes()).isEqualTo(PAYLOAD);
    }

    @Test
    void of_what_nimbus_signs_the_lower_s_verifies_and_the_higher_is_refused() throws JOSEException, ParseException {
        int lower = 0;
        int higher = 0;
        while (lower == 0 || higher == 0) { // a coin toss each time
            JWSObject theirs =
                    new JWSObject(JWSHeader.parse(Base64URL.encode(header(KID.base64Url()))), new Payload(PAYLOAD));
            theirs.sign(new ECDSASigner(KEY.key(), Curve.P_256));
            byte[] compact = ascii(theirs.serialize());
            try {
                assertThat(CompactJws.parse(compact, MAX).verify(KEY.publicKey()))
                        .isTrue();
                lower++;
            } catch (JwsException e) {
                assertThat(e.reason()).isEqualTo(Reason.BAD_SIGNATURE);
                higher++;
            }
        }
    }

    @Test
    void an_empty_payload_is_signed_too() {
        CompactJws empty = CompactJws.sign(new byte[0], KID, KEY);

        assertThat(CompactJws.parse(empty.compact(), MAX)).isEqualTo(empty);
    }

    @Test
    void the_callers_limit_is_inclusive() {
        int length = SIGNED.compact().length;

        assertThat(CompactJws.parse(SIGNED.compact(), length)).isEqualTo(SIGNED);
        assertRefused(SIGNED.compact(), length - 1, Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"salus+jws\"}",
                "{\"alg\":\"ES384\",\"kid\":\"%s\",\"typ\":\"salus+jws\"}",
                "{\"kid\":\"%s\",\"alg\":\"ES256\",\"typ\":\"salus+jws\"}",
                "{\"alg\":\"ES256\",\"kid\":\"%s\"}",
                "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"salus+jws\" }",
                "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"salus+jws\",\"crit\":[\"b64\"]}",
                "{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"salus_jws\"}"
            })
    void any_other_header_is_refused(String header) {
        byte[] compact = withHeader(ascii(header.formatted(KID.base64Url())));

        assertThatThrownBy(() -> CompactJws.parse(compact, MAX)).isInstanceOf(JwsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+"
            })
    void a_kid_that_is_no_digest_is_refused(String kid) {
        assertRefused(withHeader(header(kid)), MAX, Reason.WRONG_HEADER);
    }

    @ParameterizedTest
    @CsvSource({"'',0", "'.',1", "'..',2", "'a.b.c',5"})
    void short_texts_are_malformed(String text, int length) {
        assertThat(text).hasSize(length);
        assertRefused(ascii(text), MAX, Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "+", "/", ".", " ", "\n", "é"})
    void a_foreign_character_in_the_payload_is_malformed(String foreign) {
        String[] parts = ascii(SIGNED.compact()).split("\\.", -1);
        String text = parts[0] + "." + parts[1].substring(0, 8) + foreign + parts[1].substring(9) + "." + parts[2];

        assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), MAX, Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA", "AA==", "AAA=", "AB", "AAB", "===="})
    void a_payload_in_another_spelling_than_its_own_is_malformed(String payload) {
        String[] parts = ascii(SIGNED.compact()).split("\\.", -1);

        assertRefused(ascii(parts[0] + "." + payload + "." + parts[2]), MAX, Reason.MALFORMED);
    }

    @Test
    void every_flipped_bit_is_refused_or_does_not_verify() {
        byte[] compact = SIGNED.compact();
        for (int i = 0; i < compact.length; i++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] mutated = compact.clone();
                mutated[i] ^= (byte) bit;
                assertThat(accepted(mutated)).as("byte %d, bit %d", i, bit).isFalse();
            }
        }
    }

    @Test
    void every_shortened_or_lengthened_text_is_refused_or_does_not_verify() {
        String compact = ascii(SIGNED.compact());
        for (int length = 0; length < compact.length(); length++) {
            assertThat(accepted(ascii(compact.substring(0, length)))).isFalse();
            assertThat(accepted(ascii(compact.substring(length + 1)))).isFalse();
        }
        assertThat(accepted(ascii(compact + "A"))).isFalse();
        assertThat(accepted(ascii(compact + "\n"))).isFalse();
        assertThat(accepted(ascii(compact + "." + compact))).isFalse();
    }

    @Test
    void nothing_of_the_payload_is_printed() {
        assertThat(SIGNED.toString())
                .doesNotContain(ascii(Base64.getUrlEncoder().encode(PAYLOAD)), "anchor");
    }

    private static boolean accepted(byte[] compact) {
        try {
            return CompactJws.parse(compact, MAX).verify(KEY.publicKey());
        } catch (JwsException refused) {
            return false;
        }
    }

    private static void assertRefused(byte[] compact, int maxBytes, Reason reason) {
        assertThatThrownBy(() -> CompactJws.parse(compact, maxBytes))
                .isInstanceOfSatisfying(
                        JwsException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] header(String kid) {
        return ascii("{\"alg\":\"ES256\",\"kid\":\"" + kid + "\",\"typ\":\"salus+jws\"}");
    }

    private static byte[] withHeader(byte[] header) {
        byte[] input = ascii(ascii(Base64Url.encode(header)) + "." + ascii(Base64Url.encode(PAYLOAD)));
        return ascii(ascii(input) + "." + KEY.sign(Sha256.of(input)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String ascii(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII);
    }
}
