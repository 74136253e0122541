package health.salus.node.smart;

import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.network.Status;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import java.time.Instant;
import java.util.Set;

/** Callers that no ledger knows. */
final class TestCallers {
    private TestCallers() {}

    static Caller outsider(Sha256 kid) {
        return new Caller.Outsider(new Certificate(
                kid,
                "clinic",
                Role.CLIENT,
                Set.of(Attribute.CLINICIAN),
                new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")),
                Status.ACTIVE));
    }
}
