package health.salus.node.attachment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Attachments in FHIR's JSON. */
final class JsonAttachments {
    private static final String WHOLE = "a patch can't change attachments; update the resource as a whole";
    private static final ObjectReader READER =
            JsonMapper.builder().build().reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> VALUES = Set.of("data", "valueBase64Binary", "valueAttachment");
    /** Also ways to an element that don't name it. */
    private static final Pattern INTO_ATTACHMENT = Pattern.compile("\\b(?:data|contentType|children|descendants)\\b");

    private JsonAttachments() {}

    /** Those of a resource, also of resources in it. @throws UnreadableAttachmentException where that can't be said */
    static List<Attachment> of(byte[] json) {
        AttachmentCollector collector = new AttachmentCollector();
        collect(read(json), collector);
        return collector.found();
    }

    private static void collect(JsonNode node, AttachmentCollector collector) {
        if (node.path("request").path("method").asText().equals("PATCH")) {
            requireUntouched(node.path("resource"));
            return;
        }
        JsonNode data = node.get("data");
        if (data != null && data.isValueNode()) {
            JsonNode contentType = node.get("contentType");
            collector.take(
                    data.asText(),
                    contentType == null ? null : contentType.asText(),
                    node.has("when") && node.has("who"));
        }
        node.forEach(child -> collect(child, collector));
    }

    /** @param patch of an entry of a bundle: a Binary that holds a JSON Patch, or the Parameters of a FHIRPath Patch */
    private static void requireUntouched(JsonNode patch) {
        JsonNode data = patch.get("data");
        JsonNode operations = data == null ? patch : read(AttachmentCollector.decoded(data.asText()));
        if (touches(operations)) {
            throw new UnreadableAttachmentException(WHOLE);
        }
    }

    /**
     * Looks through a patch, by JSON Patch or FHIRPath Patch.
     *
     * @throws UnreadableAttachmentException where it gives an attachment or part of one a value, or that can't be said
     */
    static void requireUntouched(byte[] patch) {
        if (touches(read(patch))) {
            throw new UnreadableAttachmentException(WHOLE);
        }
    }

    private static boolean touches(JsonNode node) {
        String name = node.path("name").asText();
        boolean namesElement = name.equals("path") || name.equals("name");
        if (leadsInto(node.path("path"))
                || leadsInto(node.path("from"))
                || (namesElement && leadsInto(node.path("valueString")))) {
            return true;
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (VALUES.contains(member.getKey())) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (touches(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsInto(JsonNode path) {
        return INTO_ATTACHMENT.matcher(path.asText()).find();
    }

    private static JsonNode read(byte[] json) {
        try {
            return READER.readTree(json);
        } catch (IOException e) {
            throw new UnreadableAttachmentException("a body that can't be read as JSON");
        }
    }
}
