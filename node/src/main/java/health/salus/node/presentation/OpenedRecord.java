package health.salus.node.presentation;

import health.salus.contracts.access.Emergency;
import health.salus.contracts.rule.Codes;
import java.time.Instant;
import java.util.Optional;

/**
 * An emergency access as a page shows it.
 *
 * @param reason code of the reason that was given
 * @param state part of a message key, what became of it: {@code accepted}, {@code objected}, {@code justified}, {@code due} or
 *     {@code overdue}
 * @param justification in the words of who opened the record, if they were deposited
 */
public record OpenedRecord(Emergency emergency, String reason, String state, Optional<String> justification) {
    /** What it is at {@code now}. */
    public static OpenedRecord of(Emergency emergency, Optional<String> justification, Instant now) {
        String state = emergency
                .finding()
                .map(Codes::code)
                .orElseGet(() -> emergency.justification().isPresent()
                        ? "justified"
                        : now.isBefore(emergency.justifyBy()) ? "due" : "overdue");
        return new OpenedRecord(emergency, Codes.code(emergency.reason()), state, justification);
    }
}
