package health.salus.node.staff;

import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.identity.Role;
import java.util.Locale;

/** What a custodian looks after, each on a page of its own, and who of its staff does. */
enum CustodianPart {
    /** What was asked of its patients, and what they allowed. */
    REQUESTS,
    /** Who saw what. */
    DISCLOSURES,
    /** Emergency accesses to its patients' records, for review. */
    EMERGENCIES,
    /** What patients want erased. */
    ERASURES,
    /** Stored records that are not as they were sealed. */
    FINDINGS,
    /** The rules that decide about access. */
    POLICY;

    /** Whether it is for the holder of this certificate; admins see everything. */
    boolean isFor(Certificate holder) {
        return holder.role() == Role.ADMIN
                || switch (this) {
                    case REQUESTS -> holder.hasAny(Attribute.REGISTRAR, Attribute.AUDITOR);
                    case DISCLOSURES, EMERGENCIES -> holder.hasAny(Attribute.AUDITOR);
                    case ERASURES -> holder.hasAny(Attribute.REGISTRAR);
                    case FINDINGS -> holder.hasAny(Attribute.AUDITOR, Attribute.GATEWAY);
                    case POLICY -> true;
                };
    }

    /** Last part of the page's address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
