package health.salus.fhir.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;

/** Systems of the pseudonymous identifiers that Salus puts into FHIR resources. */
public final class Identifiers {
    /** Handle of a patient at one custodian. */
    public static final String PATIENT = "https://salus.health/id/patient";
    /** Id of an organization in its network. */
    public static final String ORGANIZATION = "https://salus.health/id/organization";
    /** Thumbprint of a key or certificate, base64url. */
    public static final String KEY = "https://salus.health/id/key";
    /** Handle of a grant. */
    public static final String GRANT = "https://salus.health/id/grant";
    /** Handle of an emergency access. */
    public static final String EMERGENCY = "https://salus.health/id/emergency";

    private Identifiers() {}

    /** A Reference by identifier alone: nothing to resolve, nothing that a server could refuse as dangling. */
    static ObjectNode reference(String system, String value) {
        ObjectNode reference = FhirJson.object();
        reference.putObject("identifier").put("system", system).put("value", value);
        return reference;
    }

    /** An organization of the network. */
    public static ObjectNode organization(String id) {
        return reference(ORGANIZATION, id).put("type", "Organization");
    }

    static ObjectNode patient(String handle) {
        return reference(PATIENT, handle).put("type", "Patient");
    }
}
