package health.salus.node.smart;

import health.salus.node.web.Problem;
import health.salus.node.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells of a bad access token at doors that speak plain JSON. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TokenProblemAdvice {
    @ExceptionHandler
    void refuse(TokenProblem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(
                "WWW-Authenticate", "Bearer error=\"" + problem.reason().error() + "\"");
        String code = problem.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        ProblemWriter.write(Problem.of(401, code, problem.description()), request.getRequestURI(), response);
    }
}
