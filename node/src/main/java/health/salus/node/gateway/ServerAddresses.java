package health.salus.node.gateway;

import health.salus.node.backend.FhirResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the server's own address by the gateway's in everything around resources, never in resources themselves.
 *
 * @param server base of the server behind, without a slash at the end
 * @param gateway base that clients use, without a slash at the end
 */
record ServerAddresses(String server, String gateway) {
    private static final List<String> KEPT =
            List.of("ETag", "Last-Modified", "Location", "Content-Location", "Retry-After");

    /** The headers that mean something to a FHIR client. */
    Map<String, String> headers(FhirResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT) {
            response.headers().first(name).ifPresent(value -> headers.put(name, replace(value)));
        }
        return headers;
    }

    Map<String, String> links(Map<String, String> links) {
        Map<String, String> replaced = new LinkedHashMap<>();
        links.forEach((relation, url) -> replaced.put(relation, replace(url)));
        return replaced;
    }

    BundleSlices.Entry entry(BundleSlices.Entry entry) {
        String fullUrl = entry.fullUrl();
        return new BundleSlices.Entry(
                fullUrl == null ? null : replace(fullUrl),
                entry.resource(),
                entry.search(),
                replace(entry.request()),
                replace(entry.response()));
    }

    private String replace(String text) {
        return server.equals(gateway) ? text : text.replace(server, gateway);
    }

    private byte @Nullable [] replace(byte @Nullable [] json) {
        return json == null || server.equals(gateway)
                ? json
                : replace(new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
