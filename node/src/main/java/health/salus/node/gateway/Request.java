package health.salus.node.gateway;

import health.salus.node.smart.Session;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the FHIR door.
 *
 * @param session who makes it
 * @param address network address that it came from
 * @param method HTTP method in capitals
 * @param path below the FHIR base, percent-encoded
 * @param query of the URL, encoded; empty for none
 * @param interaction what it asks
 * @param parameters of the query and, in a search by {@code POST}, of the form
 * @param headers by lower-case name, those that FHIR gives a meaning to
 * @param body as it came; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Request(
        Session session,
        String address,
        String method,
        String path,
        String query,
        RestfulInteraction interaction,
        List<Parameter> parameters,
        Map<String, String> headers,
        byte[] body) {
    Request {
        parameters = List.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    Optional<String> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** The same caller asking something else, as in an entry of a batch. */
    Request asking(String otherPath, String otherQuery, RestfulInteraction other) {
        return new Request(
                session,
                address,
                "GET",
                otherPath,
                otherQuery,
                other,
                Parameter.parse(otherQuery),
                Map.of(),
                new byte[0]);
    }

    /** Method and target, as received. */
    String line() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }

    /** What is asked, without its values. */
    @Override
    public String toString() {
        return method + " " + interaction.getClass().getSimpleName();
    }
}
