package health.salus.node.access;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads terms from JSON however it is formatted; the commitment is to their canonical form. */
final class CanonicalTerms {
    private CanonicalTerms() {}

    /** The terms. @throws JsonException where the tree holds something else */
    static Terms of(JsonNode tree) {
        return Terms.read(restricted(tree).canonical());
    }

    private static Json restricted(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Json> members = new TreeMap<>();
                node.properties().forEach(member -> members.put(member.getKey(), restricted(member.getValue())));
                yield JsonObject.of(members);
            }
            case ARRAY -> {
                List<Json> elements = new ArrayList<>();
                node.forEach(element -> elements.add(restricted(element)));
                yield new JsonArray(elements);
            }
            case STRING -> new JsonString(node.textValue());
            case BOOLEAN -> new JsonBoolean(node.booleanValue());
            case NUMBER -> {
                if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                    throw new JsonException("JSON with a fraction");
                }
                yield new JsonInteger(node.longValue());
            }
            default -> throw new JsonException("JSON with null");
        };
    }
}
