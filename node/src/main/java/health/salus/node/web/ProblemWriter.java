package health.salus.node.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/** Writes problems: as an OperationOutcome under {@code /<organization>/fhir}, elsewhere as RFC 9457 JSON. */
public final class ProblemWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FHIR = Pattern.compile("/[^/]+/fhir(/.*)?");

    private ProblemWriter() {}

    /** Answers with the problem; drops what was written before. Does nothing once the answer is under way. */
    public static void write(Problem problem, String path, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.reset();
        response.setStatus(problem.status());
        problem.retryAfter()
                .ifPresent(pause -> response.setHeader("Retry-After", Long.toString(Math.max(1, pause.toSeconds()))));
        boolean fhir = FHIR.matcher(path).matches();
        response.setContentType(fhir ? "application/fhir+json;charset=UTF-8" : "application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeValueAsBytes(fhir ? outcome(problem) : json(problem)));
    }

    /** The RFC 9457 form; {@code code} is an extension member. */
    static ObjectNode json(Problem problem) {
        HttpStatus status = HttpStatus.resolve(problem.status());
        return JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", status == null ? "Problem" : status.getReasonPhrase())
                .put("status", problem.status())
                .put("code", problem.code())
                .put("detail", problem.detail());
    }

    /** The FHIR R4 form. */
    static ObjectNode outcome(Problem problem) {
        ObjectNode outcome = JSON.createObjectNode().put("resourceType", "OperationOutcome");
        outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", issueType(problem.status()))
                .put("diagnostics", problem.code() + ": " + problem.detail());
        return outcome;
    }

    /** Code of the FHIR R4 value set {@code issue-type}. */
    private static String issueType(int status) {
        return switch (status) {
            case 401 -> "login";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405, 406, 415 -> "not-supported";
            case 408, 504 -> "timeout";
            case 409, 412 -> "conflict";
            case 410 -> "deleted";
            case 413 -> "too-long";
            case 429 -> "throttled";
            case 502, 503 -> "transient";
            default -> status < 500 ? "invalid" : "exception";
        };
    }
}
