package health.salus.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentConverterTest {
    private final MomentConverter converter =
            new MomentConverter(InstantSource.fixed(Instant.parse("2027-01-31T10:00:00.750Z")));

    @ParameterizedTest
    @CsvSource({
        "2027-03-01T12:00:00Z, 2027-03-01T12:00:00Z",
        "2027-03-01T12:00:00+01:00, 2027-03-01T11:00:00Z",
        "2027-03-01, 2027-03-01T00:00:00Z",
        "PT8H, 2027-01-31T18:00:00Z",
        "P1M, 2027-02-28T10:00:00Z",
    })
    void a_moment_is_a_time_a_day_or_so_long_from_now(String text, Instant moment) {
        assertThat(converter.convert(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2027-02-30", "2027-03-01T12:00:00", "P", "PT"})
    void anything_else_is_refused_with_examples(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected: 2027-03-01T12:00:00Z");
    }

    @Test
    void a_moment_is_in_whole_seconds() {
        assertThat(converter.convert("PT0S")).isEqualTo("2027-01-31T10:00:00Z");
    }
}
