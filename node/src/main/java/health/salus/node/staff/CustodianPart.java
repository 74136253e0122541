package health.salus.node.staff;

import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.identity.Role;
import java.util.Locale;
import java.util.Set;

/** What a custodian looks after, each on a page of its own, and who of its staff does. */
enum CustodianPart {
    /** What was asked of its patients, and what they allowed. */
    REQUESTS(Attribute.REGISTRAR, Attribute.AUDITOR),
    /** Who saw what. */
    DISCLOSURES(Attribute.AUDITOR),
    /** Emergency accesses to its patients' records, for review. */
    EMERGENCIES(Attribute.AUDITOR),
    /** What patients want erased. */
    ERASURES(Attribute.REGISTRAR),
    /** Stored records that are not as they were sealed. */
    FINDINGS(Attribute.AUDITOR, Attribute.GATEWAY),
    /** The rules that decide about access. */
    POLICY(Attribute.values());

    private final Set<Attribute> attributes;

    CustodianPart(Attribute... attributes) {
        this.attributes = Set.of(attributes);
    }

    /** Whether it is for the holder of this certificate; admins see everything. */
    boolean isFor(Certificate holder) {
        return holder.role() == Role.ADMIN || holder.hasAny(attributes.toArray(Attribute[]::new));
    }

    /** Last part of the page's address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
