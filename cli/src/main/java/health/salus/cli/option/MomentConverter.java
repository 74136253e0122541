package health.salus.cli.option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a moment: {@code 2027-03-01T12:00:00Z} (ISO 8601 with an offset), {@code 2027-03-01} (0:00 UTC), or from now on
 * {@code P30D} or {@code PT8H}. Whole seconds.
 */
public final class MomentConverter implements ITypeConverter<Instant> {
    private final InstantSource clock;

    /** By the system's clock. */
    public MomentConverter() {
        this(InstantSource.system());
    }

    MomentConverter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        try {
            return moment(text).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no moment (expected: 2027-03-01T12:00:00Z, 2027-03-01, P30D or PT8H)");
        }
    }

    private Instant moment(String text) {
        if (text.startsWith("PT")) {
            return clock.instant().plus(Duration.parse(text));
        }
        if (text.startsWith("P")) {
            return clock.instant()
                    .atOffset(ZoneOffset.UTC)
                    .plus(Period.parse(text))
                    .toInstant();
        }
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
