package health.salus.node.gateway;

import health.salus.fhir.FhirSyntax;
import health.salus.node.gateway.RestfulInteraction.Bundle;
import health.salus.node.gateway.RestfulInteraction.Capabilities;
import health.salus.node.gateway.RestfulInteraction.InstanceHistory;
import health.salus.node.gateway.RestfulInteraction.Operation;
import health.salus.node.gateway.RestfulInteraction.Read;
import health.salus.node.gateway.RestfulInteraction.Search;
import health.salus.node.gateway.RestfulInteraction.SystemSearch;
import health.salus.node.gateway.RestfulInteraction.Verb;
import health.salus.node.gateway.RestfulInteraction.VersionRead;
import health.salus.node.gateway.RestfulInteraction.WideHistory;
import health.salus.node.gateway.RestfulInteraction.Write;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads method and path of a request below the FHIR base into an {@link RestfulInteraction}. Strict: whatever FHIR R4 doesn't
 * define is refused here, so that no odd path reaches the server behind.
 */
public final class RequestLine {
    private static final Pattern OPERATION = Pattern.compile("\\$[a-z][a-z-]{0,63}");

    private RequestLine() {}

    /**
     * The interaction.
     *
     * @param method HTTP method in capitals; {@code HEAD} is read as {@code GET}
     * @param path below the base, still percent-encoded, with or without a leading slash; no query
     * @throws FhirProblem where it is none
     */
    public static RestfulInteraction parse(String method, String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        List<String> segments = trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
        return switch (method) {
            case "GET", "HEAD" -> get(segments);
            case "POST" -> post(segments);
            case "PUT" -> write(Verb.UPDATE, segments);
            case "PATCH" -> write(Verb.PATCH, segments);
            case "DELETE" -> write(Verb.DELETE, segments);
            default -> throw new FhirProblem(405, "not-supported", "method not defined by FHIR");
        };
    }

    private static RestfulInteraction get(List<String> path) {
        return switch (path.size()) {
            case 0 -> new SystemSearch();
            case 1 ->
                switch (path.getFirst()) {
                    case "metadata" -> new Capabilities();
                    case "_history" -> new WideHistory();
                    default -> path.getFirst().startsWith("$") ? operation(path) : new Search(type(path));
                };
            default -> {
                if (path.getLast().startsWith("$")) {
                    yield operation(path);
                }
                if (path.size() == 2) {
                    yield path.get(1).equals("_history") ? wideHistory(path) : new Read(type(path), id(path));
                }
                if (!path.get(2).equals("_history")) {
                    throw undefined();
                }
                yield switch (path.size()) {
                    case 3 -> new InstanceHistory(type(path), id(path));
                    case 4 -> new VersionRead(type(path), id(path), id(path.get(3)));
                    default -> throw undefined();
                };
            }
        };
    }

    private static RestfulInteraction wideHistory(List<String> path) {
        type(path);
        return new WideHistory();
    }

    private static RestfulInteraction post(List<String> path) {
        if (path.isEmpty()) {
            return new Bundle();
        }
        if (path.getLast().startsWith("$")) {
            return operation(path);
        }
        if (path.getLast().equals("_search")) {
            return switch (path.size()) {
                case 1 -> new SystemSearch();
                case 2 -> new Search(type(path));
                default -> throw undefined();
            };
        }
        if (path.size() != 1) {
            throw undefined();
        }
        return new Write(Verb.CREATE, type(path), "");
    }

    private static RestfulInteraction write(Verb verb, List<String> path) {
        return switch (path.size()) {
            case 1 -> new Write(verb, type(path), "");
            case 2 -> new Write(verb, type(path), id(path));
            default -> throw undefined();
        };
    }

    private static RestfulInteraction operation(List<String> path) {
        String name = path.getLast();
        if (!OPERATION.matcher(name).matches()) {
            throw undefined();
        }
        return switch (path.size()) {
            case 1 -> new Operation("", "", name);
            case 2 -> new Operation(type(path), "", name);
            case 3 -> new Operation(type(path), id(path), name);
            default -> throw undefined();
        };
    }

    private static String type(List<String> path) {
        if (!FhirSyntax.isType(path.getFirst())) {
            throw undefined();
        }
        return path.getFirst();
    }

    private static String id(List<String> path) {
        return id(path.get(1));
    }

    /** An {@code id} by which no path can be left. */
    private static String id(String segment) {
        if (!FhirSyntax.isId(segment) || segment.equals(".") || segment.contains("..")) {
            throw undefined();
        }
        return segment;
    }

    private static FhirProblem undefined() {
        return new FhirProblem(404, "not-supported", "no FHIR interaction has this method and path");
    }
}
