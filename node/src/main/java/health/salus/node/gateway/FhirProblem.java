package health.salus.node.gateway;

import health.salus.fhir.ResourceVersion;

/**
 * A request that is answered with an OperationOutcome instead of what it asked for. Has no stack trace, since it is an
 * answer; the text is shown to the client and never repeats what the request or a resource said.
 */
public final class FhirProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String issue;

    /**
     * @param status HTTP status
     * @param issue code of FHIR R4 {@code issue-type}
     * @param diagnostics safe to show to anyone
     */
    public FhirProblem(int status, String issue, String diagnostics) {
        super(diagnostics, null, false, false);
        this.status = status;
        this.issue = issue;
    }

    /** 400: the request can't be understood. */
    public static FhirProblem invalid(String diagnostics) {
        return new FhirProblem(400, "invalid", diagnostics);
    }

    /** 400: understood, but not offered to this caller. */
    public static FhirProblem unsupported(String diagnostics) {
        return new FhirProblem(400, "not-supported", diagnostics);
    }

    /** 401: who asks is not known. */
    public static FhirProblem unauthenticated(String issue, String diagnostics) {
        return new FhirProblem(401, issue, diagnostics);
    }

    /** 403: who asks may not. */
    public static FhirProblem forbidden(String diagnostics) {
        return new FhirProblem(403, "forbidden", diagnostics);
    }

    /** 404, in the same words whether a resource is absent, deleted, or outside every grant. */
    public static FhirProblem notFound() {
        return new FhirProblem(404, "not-found", "no such resource, or none that you may read");
    }

    /** 500: a stored version is not what was sealed. */
    static FhirProblem tampered(ResourceVersion version) {
        return new FhirProblem(
                500, "security", "the stored record " + version + " is not what was sealed; it is not served");
    }

    /** 502: the server behind gives answers that can't be used. */
    static FhirProblem upstream(String diagnostics) {
        return new FhirProblem(502, "transient", diagnostics);
    }

    /** 503: try again later. */
    public static FhirProblem unavailable(String diagnostics) {
        return new FhirProblem(503, "transient", diagnostics);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Code of FHIR R4 {@code issue-type}. */
    public String issue() {
        return issue;
    }

    /** What is wrong, safe to show. */
    public String diagnostics() {
        return String.valueOf(getMessage());
    }
}
