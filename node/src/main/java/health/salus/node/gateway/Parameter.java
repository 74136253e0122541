package health.salus.node.gateway;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One name and value of a query string or of an {@code application/x-www-form-urlencoded} body, decoded.
 *
 * @param name with its modifier, as in {@code code:in}
 * @param value may be empty
 */
public record Parameter(String name, String value) {
    /** Most parameters that one request may have. */
    public static final int MOST = 100;

    /** The name without its modifier. */
    public String plainName() {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** The modifier without its colon; empty where there is none. */
    public String modifier() {
        int colon = name.indexOf(':');
        return colon < 0 ? "" : name.substring(colon + 1);
    }

    /**
     * Reads an encoded query, in its order.
     *
     * @throws FhirProblem where it has more than {@link #MOST} parameters or a malformed escape
     */
    public static List<Parameter> parse(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (parameters.size() == MOST) {
                throw FhirProblem.invalid("more than " + MOST + " parameters");
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.add(new Parameter(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
        }
        return List.copyOf(parameters);
    }

    /** Writes an encoded query, without a question mark. */
    public static String query(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> encode(parameter.name) + "=" + encode(parameter.value))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw FhirProblem.invalid("malformed escape in the query");
        }
    }
}
