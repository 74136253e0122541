package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;

/** Writes a problem as a FHIR R4 OperationOutcome. */
final class OperationOutcomes {
    private OperationOutcomes() {}

    /** In JSON, UTF-8. */
    static byte[] of(FhirProblem problem) {
        ObjectNode outcome = FhirJson.object();
        outcome.put("resourceType", "OperationOutcome");
        outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", problem.issue())
                .put("diagnostics", problem.diagnostics());
        return FhirJson.bytes(outcome);
    }
}
