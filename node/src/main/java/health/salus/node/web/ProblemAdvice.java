package health.salus.node.web;

import health.salus.node.backend.BackendException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Translates whatever a door throws into a problem; nothing of an unexpected failure but a number reaches the client. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @ExceptionHandler
    void problem(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemWriter.write(problem, request.getRequestURI(), response);
    }

    @ExceptionHandler
    void backend(BackendException failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOGGER.atWarn().addKeyValue("error", failure.getMessage()).log("FHIR server gave no answer");
        Problem problem = switch (failure.effect()) {
            case NONE ->
                Problem.of(503, "fhir-unavailable", "the FHIR server can't be reached; nothing was changed")
                        .retryAfter(PAUSE);
            case UNKNOWN -> Problem.of(504, "outcome-unknown", "the FHIR server gave no answer; read before a retry");
        };
        ProblemWriter.write(problem, request.getRequestURI(), response);
    }

    @ExceptionHandler
    void storage(DataAccessException failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOGGER.atError().addKeyValue("error", failure.getClass().getName()).log("store can't be read or written");
        Problem problem = Problem.of(503, "storage", "the node can't read or write its store now; look before a retry")
                .retryAfter(PAUSE);
        ProblemWriter.write(problem, request.getRequestURI(), response);
    }

    @ExceptionHandler
    void unreadable(HttpMessageNotReadableException failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Problem problem = failure.getMostSpecificCause() instanceof Problem refused
                ? refused
                : Problem.of(400, "unreadable", "the body can't be read as its content type says");
        ProblemWriter.write(problem, request.getRequestURI(), response);
    }

    @ExceptionHandler
    void argument(MethodArgumentTypeMismatchException failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemWriter.write(
                Problem.of(400, "invalid-argument", "parameter " + failure.getName() + " is malformed"),
                request.getRequestURI(),
                response);
    }

    /** The client has gone: nobody reads an answer. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void gone(IOException failure) {}

    @ExceptionHandler
    void any(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof ErrorResponse known) {
            int status = known.getStatusCode().value();
            response.reset();
            ProblemWriter.write(Problem.of(status, code(status), detail(status)), request.getRequestURI(), response);
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        } else {
            LOGGER.atError().addKeyValue("error", failure.getClass().getName()).log("request failed unexpectedly");
            LOGGER.atDebug().setCause(failure).log("request failed unexpectedly");
            ProblemWriter.write(
                    Problem.of(500, "internal", "the node failed; its log says more"),
                    request.getRequestURI(),
                    response);
        }
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 415 -> "unsupported-media-type";
            default -> status < 500 ? "invalid-request" : "internal";
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "there is nothing at this address";
            case 405 -> "this address does not take this method";
            case 406 -> "this address has no such representation";
            case 415 -> "this address does not take this content type";
            default -> status < 500 ? "the request is malformed" : "the node failed; its log says more";
        };
    }
}
