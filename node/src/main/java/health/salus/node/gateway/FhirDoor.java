package health.salus.node.gateway;

import health.salus.node.smart.Session;
import health.salus.node.smart.Sessions;
import health.salus.node.smart.TokenProblem;
import health.salus.node.web.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door {@code /{org}/fhir/**}: reads requests, finds out who makes them, and writes answers. A filter, the last before
 * Spring MVC: what that does for a request would cost as much as all that the gateway does.
 */
final class FhirDoor extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Logger LOGGER = LoggerFactory.getLogger(FhirDoor.class);
    private static final String WELL_KNOWN = ".well-known/"; // another door's
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Set<String> BODY_TYPES = Set.of(
            "application/fhir+json",
            "application/json",
            "application/fhir+xml",
            "application/xml",
            "application/json-patch+json",
            "application/xml-patch+xml");
    private static final List<String> HEADERS = List.of(
            "Accept", "Content-Type", "Prefer", "If-Match", "If-None-Match", "If-Modified-Since", "If-None-Exist");

    private final transient Gateways gateways;
    private final transient Sessions sessions;

    /** @param gateways one for each organization of this node that has a FHIR server */
    FhirDoor(Gateways gateways, Sessions sessions) {
        this.gateways = gateways;
        this.sessions = sessions;
    }

    /** Where the doors of these gateways are. */
    static String[] paths(Gateways gateways) {
        return gateways.byOrganization().keySet().stream()
                .map(organization -> "/" + organization + "/fhir/*")
                .toArray(String[]::new);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        String[] path = request.getRequestURI().split("/", 4);
        if (path.length > 3 && path[3].startsWith(WELL_KNOWN)) {
            next.doFilter(request, response);
            return;
        }
        try {
            write(answer(path[1], request), request, response);
        } catch (IOException e) { // the client has gone: nobody reads an answer
            LOGGER.atDebug().setCause(e).log("request cut short");
        }
    }

    private Answer answer(String organization, HttpServletRequest http) throws IOException {
        try {
            Gateway gateway = gateways.find(organization).orElseThrow(FhirProblem::notFound);
            String path = path(organization, http);
            RestfulInteraction interaction = RequestLine.parse(http.getMethod(), path);
            if (interaction instanceof RestfulInteraction.Capabilities) {
                return gateway.capabilities();
            }
            Session session = sessions.of(http, organization);
            return gateway.answer(request(session, path, interaction, http));
        } catch (FhirProblem problem) {
            return Answer.of(problem);
        } catch (TokenProblem problem) {
            return unauthenticated(problem);
        } catch (Problem problem) { // of the node's own limits
            return Answer.of(new FhirProblem(
                    problem.status(), problem.status() == 413 ? "too-long" : "invalid", problem.detail()));
        } catch (RuntimeException e) { // its message may hold what was read, so only its type is told
            LOGGER.atError()
                    .addKeyValue("organization", organization)
                    .addKeyValue("error", e.getClass().getName())
                    .log("request failed");
            LOGGER.atDebug().setCause(e).log("request failed");
            return Answer.of(new FhirProblem(500, "exception", "the gateway failed; nothing was disclosed"));
        }
    }

    private static Request request(
            Session session, String path, RestfulInteraction interaction, HttpServletRequest http) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String name : HEADERS) {
            String value = http.getHeader(name);
            if (value != null) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        requireJson(headers.getOrDefault("accept", ""));
        String query = http.getQueryString() == null ? "" : http.getQueryString();
        List<Parameter> parameters = new ArrayList<>(Parameter.parse(query));
        byte[] body = body(http);
        String type = mediaType(headers.getOrDefault("content-type", ""));
        if (type.equals(FORM)) {
            parameters.addAll(Parameter.parse(new String(body, StandardCharsets.UTF_8)));
        } else if (body.length > 0 && !BODY_TYPES.contains(type)) {
            throw new FhirProblem(415, "not-supported", "body of a media type that FHIR R4 doesn't define");
        }
        return new Request(
                session, http.getRemoteAddr(), http.getMethod(), path, query, interaction, parameters, headers, body);
    }

    /** The node limits what it reads from anybody. */
    private static byte[] body(HttpServletRequest http) throws IOException {
        boolean none = http.getContentLengthLong() <= 0 && http.getHeader("Transfer-Encoding") == null;
        return none ? new byte[0] : http.getInputStream().readAllBytes();
    }

    private static String path(String organization, HttpServletRequest http) {
        String prefix = http.getContextPath() + "/" + organization + "/fhir";
        String uri = http.getRequestURI();
        if (!uri.startsWith(prefix)) {
            throw FhirProblem.notFound();
        }
        String path = uri.substring(prefix.length());
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Sealed bytes leave as they are stored, and that is JSON. */
    private static void requireJson(String accept) {
        if (!accept.isEmpty()
                && !accept.contains("json")
                && !accept.contains("*/*")
                && !accept.contains("application/*")) {
            throw new FhirProblem(406, "not-supported", "answers are in JSON (application/fhir+json)");
        }
    }

    private static Answer unauthenticated(TokenProblem problem) {
        Answer answer = Answer.of(FhirProblem.unauthenticated(
                problem.reason() == TokenProblem.Reason.EXPIRED_TOKEN ? "expired" : "login", problem.description()));
        Map<String, String> headers =
                Map.of("WWW-Authenticate", "Bearer error=\"" + problem.reason().error() + "\"");
        return new Answer(401, headers, answer.body());
    }

    private static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader("Cache-Control", "no-store");
        if (answer.body().length > 0) {
            response.setContentType("application/fhir+json;charset=UTF-8");
            response.setContentLength(answer.body().length);
            if (!request.getMethod().equals("HEAD")) {
                response.getOutputStream().write(answer.body());
            }
        }
    }
}
