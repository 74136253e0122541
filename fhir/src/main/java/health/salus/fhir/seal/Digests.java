package health.salus.fhir.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.canonical.Canonicalization;
import health.salus.fhir.canonical.OwnBases;
import health.salus.foundation.Json;
import health.salus.foundation.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Unsalted digests of a version's parts. Never leave the organization without the version itself: a digest of a short
 * clinical value can be guessed.
 *
 * @param content of the {@link Canonicalization#STATIC_EXACT} form; of no bytes for a deletion
 * @param labels of the labels' canonical JSON: an array of {@code {"code","system"}}, sorted, each once
 * @param narrative of the narrative's canonical JSON; of no bytes where there is none
 */
record Digests(Sha256 content, Sha256 labels, Sha256 narrative) {
    private static final Sha256 NOTHING = Sha256.of();
    private static final Sha256 NO_LABELS = Sha256.of(new Json.JsonArray(List.of()).canonical());

    /** Of a version that says only that the resource is deleted. */
    static final Digests OF_DELETION = new Digests(NOTHING, NO_LABELS, NOTHING);

    static Digests of(ObjectNode resource, OwnBases bases) {
        JsonNode text = resource.get("text");
        return new Digests(
                Sha256.of(Canonicalization.STATIC_EXACT.bytes(resource, bases)),
                labels(resource.path("meta").path("security")),
                text == null ? NOTHING : Sha256.of(Canonicalization.STATIC_EXACT.part(text, bases)));
    }

    /** Servers reorder labels and replace their displays, so neither counts. */
    private static Sha256 labels(JsonNode security) {
        if (security.isEmpty()) {
            return NO_LABELS;
        }
        record Label(String system, String code) implements Comparable<Label> {
            @Override
            public int compareTo(Label other) {
                int bySystem = system.compareTo(other.system);
                return bySystem != 0 ? bySystem : code.compareTo(other.code);
            }
        }
        TreeSet<Label> labels = new TreeSet<>();
        security.forEach(label -> labels.add(
                new Label(label.path("system").asText(), label.path("code").asText())));
        List<Json> elements = new ArrayList<>();
        for (Label label : labels) {
            elements.add(Json.JsonObject.builder()
                    .put("code", label.code())
                    .put("system", label.system())
                    .build());
        }
        return Sha256.of(new Json.JsonArray(elements).canonical());
    }
}
