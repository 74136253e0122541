package health.salus.contracts.access;

import health.salus.identity.Handle;
import java.time.Instant;

/** Answer to a {@link Question}. */
public sealed interface AccessDecision {
    /**
     * Reading is allowed.
     *
     * @param patient whose records
     * @param basis on which ground
     * @param until end, exclusive, of what this decision rests on, as far as known today; it may be taken back before
     */
    record Permitted(Handle patient, Basis basis, Instant until) implements AccessDecision {
        /** Whether the patient must be told at once, and the access be reviewed. */
        public boolean isEmergency() {
            return basis instanceof Basis.InEmergency;
        }
    }

    /** Reading is refused; the reason is safe to show to who asked. */
    record Denied(DenialReason reason) implements AccessDecision {}

    /** Ground on which reading is allowed. */
    sealed interface Basis {
        /** A grant; what its terms permit may go out. */
        record UnderGrant(Handle grant, Terms terms) implements Basis {}

        /** An emergency access; everything may go out. */
        record InEmergency(Handle emergency, EmergencyReason reason) implements Basis {}

        /** Being the custodian. */
        record ByCustodian(String organization, PurposeOfUse purpose) implements Basis {}

        /** Being the patient, or a substitute. */
        record ByPerson(Capacity capacity) implements Basis {}
    }
}
