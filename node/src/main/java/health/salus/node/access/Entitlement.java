package health.salus.node.access;

import health.salus.contracts.access.AccessDecision.Basis;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.access.DenialReason;
import health.salus.contracts.access.ResourceFacts;
import java.time.Instant;
import java.util.List;

/** Whether somebody may read of one patient at one height of the ledger, and on which grounds. */
public sealed interface Entitlement {
    /** Handle of the patient. */
    String handle();

    /** Height of the ledger at which it was decided. */
    long height();

    /**
     * Reading is allowed; how much, each ground says.
     *
     * @param patient id of the Patient on the server behind
     * @param grounds at least one
     * @param time of the decisions
     */
    record Granted(String handle, String patient, List<Permitted> grounds, long height, Instant time)
            implements Entitlement {
        public Granted {
            grounds = List.copyOf(grounds);
        }
    }

    /** Reading is refused; {@code reason} is for the audit trail, not for who asked. */
    record Refused(String handle, long height, DenialReason reason) implements Entitlement {}

    /** Whether a resource with these facts may go out on this ground. */
    static boolean permits(Basis basis, ResourceFacts facts) {
        return switch (basis) {
            case Basis.UnderGrant(var grant, var terms) -> terms.permits(facts);
            case Basis.InEmergency emergency -> true;
            case Basis.ByPerson person -> true;
            case Basis.ByCustodian custodian -> false; // the custodian's own staff take another way in
        };
    }
}
