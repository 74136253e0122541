package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a Bundle of those entries that may leave. For one use by one thread. */
final class BundleFilter {
    private static final Set<String> RESULTS = Set.of("searchset", "history");

    private final Gate gate;
    private final String publicBase;
    private final List<ResourceVersion> released = new ArrayList<>();
    private final Map<String, String> links = new HashMap<>();
    private int withheld;

    BundleFilter(Gate gate, String publicBase) {
        this.gate = gate;
        this.publicBase = publicBase;
    }

    Filtered apply(ObjectNode bundle) {
        Optional<ObjectNode> body = switch (bundle.path("type").asText()) {
            case "searchset", "history" -> Optional.of(results(bundle));
            case "batch-response", "transaction-response" -> Optional.of(responses(bundle));
            case "document" -> document(bundle);
            default -> {
                withheld++;
                yield Optional.empty();
            }
        };
        return new Filtered(body, body.isPresent() ? released : List.of(), withheld, links);
    }

    private ObjectNode results(ObjectNode bundle) {
        ObjectNode result = head(bundle);
        ArrayNode entries = FhirJson.object().arrayNode();
        int matches = 0;
        for (JsonNode entry : bundle.path("entry")) {
            String mode = entry.path("search").path("mode").asText();
            if (mode.equals("outcome") || !(entry.path("resource") instanceof ObjectNode resource)) {
                continue; // an outcome may tell what exists; a deletion in a history has nothing to decide by
            }
            Optional<ResourceVersion> version = gate.letsOut(resource);
            if (version.isEmpty()) {
                withheld++;
                continue;
            }
            released.add(version.get());
            matches += mode.equals("include") ? 0 : 1;
            entries.add(entry(entry, resource, version.get()));
        }
        bundle.path("link")
                .forEach(link -> links.put(
                        link.path("relation").asText(), link.path("url").asText()));
        if (!links.containsKey("next")
                && !links.containsKey("previous")
                && !bundle.path("entry").isEmpty()) {
            result.put("total", matches);
        }
        return withEntries(result, entries);
    }

    private ObjectNode entry(JsonNode entry, ObjectNode resource, ResourceVersion version) {
        ObjectNode result = FhirJson.object();
        result.put("fullUrl", publicBase + "/" + version.resource());
        result.set("resource", resource);
        if (entry.path("search").has("mode")) {
            result.putObject("search").set("mode", entry.path("search").path("mode"));
        }
        if (entry.has("request")) {
            ObjectNode request = result.putObject("request");
            request.put("method", entry.path("request").path("method").asText());
            request.put("url", version.resource());
        }
        if (entry.has("response")) {
            response(entry, result);
        }
        return result;
    }

    private ObjectNode responses(ObjectNode bundle) {
        ObjectNode result = head(bundle);
        ArrayNode entries = FhirJson.object().arrayNode();
        for (JsonNode entry : bundle.path("entry")) {
            ObjectNode kept = entries.addObject();
            Optional<ObjectNode> allowed =
                    entry.path("resource") instanceof ObjectNode resource ? answer(resource) : Optional.empty();
            if (allowed.isPresent()) {
                kept.set("resource", allowed.get());
                response(entry, kept);
            } else {
                String status = entry.path("response").path("status").asText("500");
                kept.putObject("response").put("status", entry.has("resource") ? "404 Not Found" : status);
            }
        }
        return withEntries(result, entries);
    }

    /** The answer to one request of a batch: a resource, or the results of a search. */
    private Optional<ObjectNode> answer(ObjectNode resource) {
        if (resource.path("resourceType").asText().equals("Bundle")) {
            if (!RESULTS.contains(resource.path("type").asText())) {
                withheld++;
                return Optional.empty();
            }
            Filtered inner = new BundleFilter(gate, publicBase).apply(resource);
            released.addAll(inner.released());
            withheld += inner.withheld();
            return inner.body();
        }
        Optional<ResourceVersion> version = gate.letsOut(resource);
        version.ifPresentOrElse(released::add, () -> withheld++);
        return version.map(allowed -> resource);
    }

    private Optional<ObjectNode> document(ObjectNode bundle) {
        for (JsonNode entry : bundle.path("entry")) {
            Optional<ResourceVersion> version =
                    entry.path("resource") instanceof ObjectNode resource ? gate.letsOut(resource) : Optional.empty();
            if (version.isEmpty()) {
                withheld = bundle.path("entry").size();
                return Optional.empty();
            }
            released.add(version.get());
            ((ObjectNode) entry).retain("fullUrl", "resource");
        }
        bundle.retain("resourceType", "id", "meta", "identifier", "type", "timestamp", "entry", "signature");
        return Optional.of(bundle);
    }

    private static ObjectNode head(ObjectNode bundle) {
        ObjectNode result = FhirJson.object();
        result.put("resourceType", "Bundle");
        result.put("type", bundle.path("type").asText());
        if (bundle.has("timestamp")) {
            result.put("timestamp", bundle.path("timestamp").asText());
        }
        return result;
    }

    /** FHIR forbids empty arrays. */
    private static ObjectNode withEntries(ObjectNode bundle, ArrayNode entries) {
        if (!entries.isEmpty()) {
            bundle.set("entry", entries);
        }
        return bundle;
    }

    /** Without the outcome. */
    private static void response(JsonNode entry, ObjectNode result) {
        ObjectNode response = result.putObject("response");
        for (String name : List.of("status", "location", "etag", "lastModified")) {
            if (entry.path("response").has(name)) {
                response.put(name, entry.path("response").path(name).asText());
            }
        }
    }
}
