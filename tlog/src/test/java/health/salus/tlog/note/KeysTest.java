package health.salus.tlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NoteSigner LOG = NoteSigner.generate("example.org/log", RANDOM);
    private static final CosignatureSigner WITNESS = CosignatureSigner.generate("example.org/witness", RANDOM);
    private static final String TEXT = "example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void keys_lead_back_from_their_text() {
        assertThat(NoteVerifier.of(LOG.verifier().vkey())).isEqualTo(LOG.verifier());
        assertThat(NoteVerifier.of(WITNESS.verifier().vkey())).isEqualTo(WITNESS.verifier());
        assertThat(NoteSigner.parse(LOG.secretText()).sign(TEXT)).isEqualTo(LOG.sign(TEXT));
        assertThat(CosignatureSigner.parse(WITNESS.secretText()).sign(TEXT, NOON))
                .isEqualTo(WITNESS.sign(TEXT, NOON));
    }

    @Test
    void a_seed_is_one_key_under_any_name() {
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        NoteSigner log = NoteSigner.ofSeed("example.org/log", seed);
        CosignatureSigner witness = CosignatureSigner.ofSeed("example.org/witness", seed);

        assertThat(log.verifier().publicKey()) // RFC 8032 §7.1, test 1
                .isEqualTo(HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        assertThat(log.verifier().name()).isEqualTo("example.org/log");
        assertThat(witness.verifier())
                .isEqualTo(CosignatureVerifier.of(
                        "example.org/witness", log.verifier().publicKey()));
        assertThatThrownBy(() -> NoteSigner.ofSeed("example.org/log", new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signers_print_nothing_secret() {
        String secret = LOG.secretText().substring(LOG.secretText().lastIndexOf('+') + 2);
        assertThat(LOG.toString())
                .doesNotContain(secret)
                .contains(LOG.verifier().vkey());
        assertThat(WITNESS.toString()).contains(WITNESS.verifier().vkey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name+00000000",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
                " +530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void malformed_verifier_keys_are_refused(String vkey) {
        assertThatThrownBy(() -> NoteVerifier.of(vkey)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_of_one_kind_is_not_read_as_the_other() {
        assertThatThrownBy(() -> SignatureVerifier.of(WITNESS.verifier().vkey()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CosignatureVerifier.of(LOG.verifier().vkey()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NoteSigner.parse(WITNESS.secretText()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(WITNESS.secretText());
    }

    @Test
    void a_cosignature_verifies_for_its_text_and_time_only() {
        NoteSignature cosignature = WITNESS.sign(TEXT, NOON);
        CosignatureVerifier key = WITNESS.verifier();
        assertThat(key.verifies(TEXT, cosignature.signature())).isTrue();
        assertThat(CosignatureVerifier.time(cosignature)).isEqualTo(NOON);
        assertThat(key.verifies(TEXT + "more\n", cosignature.signature())).isFalse();
        for (int at = 0; at < cosignature.signature().length; at++) {
            byte[] tampered = cosignature.signature();
            tampered[at] ^= (byte) 0x80;
            assertThat(key.verifies(TEXT, tampered)).isFalse();
        }
        assertThat(key.verifies(TEXT, new byte[71])).isFalse();
    }

    @Test
    void a_log_signature_is_no_cosignature() {
        SignedNote note = new SignedNote(TEXT, List.of(LOG.sign(TEXT)));
        assertThat(note.verify(List.of(WITNESS.verifier())).isVerified()).isFalse();
        assertThat(WITNESS.verifier().verifies(TEXT, LOG.sign(TEXT).signature()))
                .isFalse();
    }

    @Test
    void cosigning_before_1970_is_refused() {
        assertThatThrownBy(() -> WITNESS.sign(TEXT, Instant.ofEpochSecond(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
