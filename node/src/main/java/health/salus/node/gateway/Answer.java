package health.salus.node.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers without {@code Content-Type}, which is always FHIR JSON
 * @param body FHIR JSON in UTF-8; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};
    private static final String RETRY_SECONDS = "5";

    Answer {
        headers = new LinkedHashMap<>(headers);
    }

    static Answer of(int status, byte[] body) {
        return new Answer(status, Map.of(), body);
    }

    /** A resource with the headers that name its version (FHIR R4 "Managing Resource Contention"). */
    static Answer of(byte[] resource, Map<String, String> headers) {
        return new Answer(200, headers, resource);
    }

    static Answer of(FhirProblem problem) {
        Map<String, String> headers = problem.status() == 503 ? Map.of("Retry-After", RETRY_SECONDS) : Map.of();
        return new Answer(problem.status(), headers, OperationOutcomes.of(problem));
    }

    /** 304, for who has this version already. */
    Answer notModified() {
        return new Answer(304, headers, NOTHING);
    }
}
