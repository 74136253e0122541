package health.salus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeedlesTest {
    private static final Needles NEEDLES = new Needles(Set.of("1970-01-31", "Ernser583", "Jo"));

    @Test
    void a_name_and_a_date_are_found_wherever_they_are() {
        assertThat(NEEDLES.countIn(utf8("x1970-01-31Ernser583"))).isEqualTo(2);
        assertThat(NEEDLES.countIn(utf8("1970-01-3 Ernser58"))).isZero();
    }

    @Test
    void a_short_name_counts_as_a_whole_string_only() {
        assertThat(NEEDLES.countIn(utf8("{\"name\":\"Jo\"}"))).isEqualTo(1);
        assertThat(NEEDLES.countIn(utf8("4qJoQ"))).isZero();
    }

    @Test
    void unsalted_hashes_are_found_in_all_spellings() {
        Sha256 hash = Sha256.of(utf8("1970-01-31"));
        assertThat(NEEDLES.countIn(hash.bytes())).isEqualTo(1);
        assertThat(NEEDLES.countIn(utf8("\"" + hash.base64Url() + "\""))).isEqualTo(1);
        assertThat(NEEDLES.countIn(utf8(HexFormat.of().formatHex(hash.bytes()))))
                .isEqualTo(1);
    }

    @Test
    void salted_hashes_are_not() {
        assertThat(NEEDLES.countIn(Sha256.of(utf8("salt"), utf8("1970-01-31")).bytes()))
                .isZero();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
