package health.salus.node.backend;

import java.util.Set;

/**
 * A request to a FHIR server.
 *
 * @param method HTTP method, in capitals
 * @param path what follows the server's base address and a slash, percent-encoded: {@code Patient/7/_history/2}; empty
 *     for the base itself
 * @param query what follows the question mark, percent-encoded; empty for none
 * @param headers the header fields that FHIR defines or builds upon; {@code Authorization} and the like end at the
 *     gateway
 * @param body empty for none
 */
public record FhirRequest(String method, String path, String query, Headers headers, Body body) {
    private static final Set<String> FORWARDED = Set.of(
            "Accept",
            "Accept-Charset",
            "Accept-Language",
            "Content-Type",
            "If-Match",
            "If-Modified-Since",
            "If-None-Exist",
            "If-None-Match",
            "Prefer");

    public FhirRequest {
        if (path.startsWith("/") || path.contains("?") || path.contains("#")) {
            throw new IllegalArgumentException(
                    "FHIR path of " + path.length() + " characters (expected: relative to the base, no query)");
        }
        if (path.contains("..")) {
            throw new IllegalArgumentException("FHIR path with two dots in a row (it could leave the base)");
        }
        headers = headers.only(FORWARDED);
    }

    /** Reads {@code path}. */
    public static FhirRequest get(String path) {
        return get(path, "");
    }

    /** Reads {@code path} with a query. */
    public static FhirRequest get(String path, String query) {
        return new FhirRequest("GET", path, query, Headers.NONE, Body.EMPTY);
    }

    /** Sends a JSON body. */
    public static FhirRequest json(String method, String path, Body body) {
        return new FhirRequest(method, path, "", Headers.of("Content-Type", "application/fhir+json"), body);
    }

    /** The same with one header field more. */
    public FhirRequest with(String name, String value) {
        return new FhirRequest(method, path, query, headers.with(name, value), body);
    }

    /** Paths and queries may name a person: only the method and the sizes show. */
    @Override
    public String toString() {
        return "FhirRequest[" + method + ", " + headers + ", " + body + "]";
    }
}
