package health.salus.node.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Logs what any door refused, for whoever watches for attacks: malformed requests, unknown callers, what they may not, and what
 * is too much. Which door it was is told by its pattern, since an address can name a patient.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class RefusedRequests extends OncePerRequestFilter {
    private static final Logger LOGGER = LoggerFactory.getLogger(RefusedRequests.class);
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 405, 408, 413, 415, 429, 431);
    private static final Set<String> AREAS = Set.of("fhir", "portal", "staff", "guardian");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        note(door(request), response.getStatus());
    }

    /** Logs an answer, if it is a refusal. */
    static void note(String door, int status) {
        if (REFUSALS.contains(status)) {
            LOGGER.atInfo()
                    .addKeyValue("door", door)
                    .addKeyValue("status", status)
                    .log("request refused");
        }
    }

    /** The pattern of the door's address; of what was refused before a door was found, as much as says nothing of anybody. */
    private static String door(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern) {
            return pattern;
        }
        String[] path = request.getRequestURI().split("/", 4);
        return path.length > 2 && AREAS.contains(path[2]) ? "/{organization}/" + path[2] : "none";
    }
}
