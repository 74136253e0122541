package health.salus.node.backend;

/**
 * What a FHIR server answered.
 *
 * @param status HTTP status
 * @param headers header fields without those of the connection
 * @param body the whole body, never compressed
 */
public record FhirResponse(int status, Headers headers, Body body) {
    /** Whether the server did what it was asked for. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
