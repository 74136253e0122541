package health.salus.ledger.contract;

import java.util.List;

/** What a contract made of a call. */
public sealed interface Outcome {
    /** The state changed as the call asks; subscribers receive {@code events} in this order. */
    record Accepted(List<Event> events) implements Outcome {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** Nothing changed but the log, which keeps the reason. */
    record Rejected(RejectionCode code) implements Outcome {}

    /** Accepted, with these events. */
    static Outcome accepted(Event... events) {
        return new Accepted(List.of(events));
    }

    /** Rejected for the reason that {@code code} names. */
    static Outcome rejected(String code) {
        return new Rejected(new RejectionCode(code));
    }
}
