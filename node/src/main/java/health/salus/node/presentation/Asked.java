package health.salus.node.presentation;

import health.salus.contracts.access.Grant;
import health.salus.contracts.access.Terms;
import health.salus.contracts.rule.Codes;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A request for access as a page shows it: who, what, why, how long.
 *
 * @param grant its handle
 * @param what resource types, each with the categories that it is restricted to
 * @param labels security labels beyond the ordinary ones
 * @param first first day of the data, empty for no limit
 * @param last last day of the data, empty for no limit
 * @param status part of a message key: what became of it
 */
public record Asked(
        String grant,
        String requester,
        String purpose,
        SortedMap<String, SortedSet<String>> what,
        List<String> labels,
        String first,
        String last,
        Instant from,
        Instant until,
        State state,
        String status) {
    /** Where it belongs on the page. */
    public enum State {
        /** For the patient to decide. */
        WAITING,
        /** Can be used, now or later. */
        IN_FORCE,
        /** Decided, given up, or too late. */
        OVER
    }

    /** A request as it stands at {@code now}. */
    public static Asked of(Grant grant, Terms terms, Instant now) {
        boolean late = !now.isBefore(grant.period().until());
        State state = switch (grant.status()) {
            case REQUESTED -> late ? State.OVER : State.WAITING;
            case APPROVED -> late ? State.OVER : State.IN_FORCE;
            case DENIED, REVOKED, WITHDRAWN, EXPIRED -> State.OVER;
        };
        return new Asked(
                grant.id().value(),
                grant.requester(),
                terms.purpose().name(),
                terms.scope().types(),
                List.copyOf(terms.scope().securityLabels()),
                terms.scope().period().map(period -> period.first().toString()).orElse(""),
                terms.scope().period().map(period -> period.last().toString()).orElse(""),
                grant.period().from(),
                grant.period().until(),
                state,
                status(grant.status(), late));
    }

    private static String status(Grant.Status status, boolean late) {
        boolean open = status == Grant.Status.REQUESTED || status == Grant.Status.APPROVED;
        return late && open ? "expired" : Codes.code(status);
    }
}
