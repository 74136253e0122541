package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;

/** Writes a problem as a FHIR R4 OperationOutcome. */
final class OperationOutcomes {
    private OperationOutcomes() {}

    /** In JSON, UTF-8. */
    static byte[] of(FhirProblem problem) {
        ObjectNode outcome = outcome();
        issue(outcome, problem);
        return FhirJson.bytes(outcome);
    }

    /** That a version is withheld for it isn't what was sealed; {@code details.text} names it. */
    static byte[] withheld(ResourceVersion version) {
        ObjectNode outcome = outcome();
        issue(outcome, FhirProblem.tampered(version)).putObject("details").put("text", version.toString());
        return FhirJson.bytes(outcome);
    }

    private static ObjectNode outcome() {
        return FhirJson.object().put("resourceType", "OperationOutcome");
    }

    private static ObjectNode issue(ObjectNode outcome, FhirProblem problem) {
        return outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", problem.issue())
                .put("diagnostics", problem.diagnostics());
    }
}
