package health.salus.contracts.rule;

import health.salus.foundation.Json;
import health.salus.ledger.contract.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time on the ledger.
 *
 * @param from first moment, whole seconds
 * @param until first moment after it, whole seconds
 */
public record Period(Instant from, Instant until) {
    /** The last second that four-digit years can say; stands for no end. */
    public static final Instant END_OF_TIME = Instant.ofEpochSecond(253_402_300_799L);

    /** How long ago a period may have begun when it is entered. */
    public static final Duration OLDEST_START = Duration.ofDays(31);

    /** Longest period that anything is granted for. */
    public static final Duration LONGEST = Duration.ofDays(3_653);

    public Period {
        if (!from.isBefore(until) || !isWhole(from) || !isWhole(until)) {
            throw new IllegalArgumentException(
                    "period from " + from + " until " + until + " (expected: whole seconds, from < until)");
        }
    }

    /** Reads the arguments {@code from} and {@code until}. @throws RejectedException unless from &lt; until */
    public static Period read(Arguments arguments) {
        Instant from = arguments.time("from");
        Instant until = arguments.time("until");
        Rejection.INVALID_PERIOD.unless(from.isBefore(until));
        return new Period(from, until);
    }

    /** Reads what {@link #write} wrote. */
    public static Period read(Fields fields) {
        return new Period(fields.seconds("from"), fields.seconds("until"));
    }

    /** Writes {@code from} and {@code until}, in seconds since 1970. */
    public Json.Builder write(Json.Builder object) {
        return object.put("from", from.getEpochSecond()).put("until", until.getEpochSecond());
    }

    /** Rejects what has ended at {@code time}, began before {@link #OLDEST_START}, or is longer than {@link #LONGEST}. */
    public void requireReasonableAt(Instant time) {
        Rejection.INVALID_PERIOD.unless(until.isAfter(time)
                && !from.isBefore(time.minus(OLDEST_START))
                && Duration.between(from, until).compareTo(LONGEST) <= 0);
    }

    /** Whether it begins after {@code time}. */
    public boolean isAfter(Instant time) {
        return from.isAfter(time);
    }

    /** Whether it has ended at {@code time}. */
    public boolean hasEnded(Instant time) {
        return !time.isBefore(until);
    }

    /** Whether {@code time} lies within it. */
    public boolean contains(Instant time) {
        return !isAfter(time) && !hasEnded(time);
    }

    private static boolean isWhole(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }
}
