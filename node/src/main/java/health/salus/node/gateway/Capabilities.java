package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.node.backend.FhirResponse;

/**
 * The CapabilityStatement of the server behind, with what the gateway adds: how to authenticate, and its own address.
 * Fetched once it is asked for. Thread-safe.
 */
final class Capabilities {
    private static final String OAUTH = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
    private static final String SECURITY_SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service";

    private final Upstream upstream;
    private final String base;
    private final String tokenUrl;
    private volatile byte[] known = {};

    Capabilities(Upstream upstream, String base, String tokenUrl) {
        this.upstream = upstream;
        this.base = base;
        this.tokenUrl = tokenUrl;
    }

    Answer answer() {
        if (known.length == 0) {
            FhirResponse response = upstream.get("metadata");
            if (!response.isSuccess()) {
                throw FhirProblem.unavailable("the FHIR server can't describe itself now");
            }
            known = described(FhirJson.resource(response.body().bytes()));
        }
        return Answer.of(200, known);
    }

    private byte[] described(ObjectNode statement) {
        statement
                .putObject("implementation")
                .put("description", "Salus FHIR gateway")
                .put("url", base);
        if (statement.path("rest").path(0) instanceof ObjectNode rest) {
            ObjectNode security = rest.putObject("security");
            security.putArray("service")
                    .addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", SECURITY_SERVICES)
                    .put("code", "SMART-on-FHIR");
            security.putArray("extension")
                    .addObject()
                    .put("url", OAUTH)
                    .putArray("extension")
                    .addObject()
                    .put("url", "token")
                    .put("valueUri", tokenUrl);
        }
        return FhirJson.bytes(statement);
    }
}
