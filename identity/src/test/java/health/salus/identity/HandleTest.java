package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {
    @RepeatedTest(100)
    void any_handle_is_a_fhir_id_a_name_in_a_key_store_and_no_option_of_a_command() {
        assertThat(Handle.random().value())
                .matches("[A-Za-z0-9\\-.]{1,64}") // FHIR R4, datatype id
                .matches("[a-z0-9]+") // PKCS #12 does not tell the cases of letters apart
                .hasSize(32);
    }

    @Test
    void every_bit_of_a_handle_is_random() {
        BigInteger everSet = BigInteger.ZERO;
        BigInteger alwaysSet = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
        for (int i = 0; i < 100; i++) { // that a bit keeps its value by chance happens once in 2^92
            BigInteger bits = new BigInteger(Handle.random().value(), 16);
            everSet = everSet.or(bits);
            alwaysSet = alwaysSet.and(bits);
        }

        assertThat(everSet.bitCount()).isEqualTo(128);
        assertThat(alwaysSet).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef-123456789abcdef",
                "0123456789abcdef0123456789abcde\n",
                "Erika Mustermann, born 1964-08-12",
                "0123456789abcdef0123456789abcdeé"
            })
    void anything_else_is_refused_and_not_quoted(String text) {
        assertThat(Handle.isHandle(text)).isFalse();
        assertThatThrownBy(() -> new Handle(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("Erika");
    }
}
