package health.salus.fhir.audit;

import static health.salus.fhir.audit.Codes.concept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What a write did, with the names that BALP has for it and for the two sides. */
public enum WriteAction {
    /** A resource is new. */
    CREATE,
    /** A resource has a new version. */
    UPDATE,
    /** A resource is deleted. */
    DELETE;

    /** AuditEvent.action. */
    String code() {
        return name().substring(0, 1);
    }

    String profile() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    ObjectNode client() {
        return concept(Codes.DICOM, this == DELETE ? "110150" : "110153");
    }

    ObjectNode server() {
        return this == DELETE ? concept(Codes.PROVENANCE_ROLE, "custodian") : concept(Codes.DICOM, "110152");
    }
}
