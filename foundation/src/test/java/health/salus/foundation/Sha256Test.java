package health.salus.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
    private static final Sha256 ABC = Sha256.of("a".getBytes(StandardCharsets.UTF_8), new byte[] {'b', 'c'});

    @Test
    void the_digest_of_abc_is_that_of_fips_180() {
        assertThat(ABC).hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void hex_base64_and_bytes_lead_back() {
        assertThat(Sha256.ofHex(ABC.toString())).isEqualTo(ABC);
        assertThat(Sha256.ofBase64Url(ABC.base64Url())).isEqualTo(ABC).hasSameHashCodeAs(ABC);
        assertThat(Sha256.ofBytes(ABC.bytes())).isEqualTo(ABC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"
            })
    void base64_has_one_spelling(String text) {
        assertThatThrownBy(() -> Sha256.ofBase64Url(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_chosen_provider_says_its_name() {
        assertThat(CryptoProvider.chosen().description()).isNotBlank();
    }
}
