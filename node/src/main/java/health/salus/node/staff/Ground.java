package health.salus.node.staff;

import health.salus.contracts.access.Emergency;
import health.salus.contracts.access.Grant;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.identity.Handle;
import health.salus.node.presentation.Asked;
import health.salus.node.presentation.RecordKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Why somebody may read of a patient of another organization; whether they may now, that organization decides. */
sealed interface Ground {
    /** Under a grant. */
    record UnderGrant(Grant grant, Terms terms) implements Ground {
        @Override
        public Handle id() {
            return grant.id();
        }

        @Override
        public Handle patient() {
            return grant.patient();
        }

        @Override
        public String custodian() {
            return grant.custodian();
        }

        @Override
        public boolean covers(String type) {
            Set<String> types = terms.scope().types().keySet();
            return types.contains(type) || types.contains(Scope.EVERY_TYPE);
        }

        @Override
        public String status(Instant now) {
            return Asked.of(grant, terms, now).status();
        }
    }

    /** In an emergency. */
    record InEmergency(Emergency emergency) implements Ground {
        @Override
        public Handle id() {
            return emergency.id();
        }

        @Override
        public Handle patient() {
            return emergency.patient();
        }

        @Override
        public String custodian() {
            return emergency.custodian();
        }

        @Override
        public boolean covers(String type) {
            return true;
        }

        @Override
        public String status(Instant now) {
            return emergency.lasts(now) ? "approved" : "expired";
        }
    }

    /** Handle of the grant or emergency access. */
    Handle id();

    /** Handle of the patient. */
    Handle patient();

    /** Id of the organization that keeps the records. */
    String custodian();

    /** Whether resources of this type can be read at all. */
    boolean covers(String type);

    /** Part of a message key: what the ledger says of it. */
    String status(Instant now);

    /** The kinds of records that can be read. */
    default List<RecordKind> kinds() {
        return Arrays.stream(RecordKind.values())
                .filter(kind -> covers(kind.type()))
                .toList();
    }
}
