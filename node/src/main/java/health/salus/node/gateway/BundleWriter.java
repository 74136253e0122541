package health.salus.node.gateway;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import health.salus.node.proof.ReceiptLinks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a Bundle together again; the resources in it keep their bytes. */
final class BundleWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private BundleWriter() {}

    /** The Bundle in JSON, UTF-8; {@code links} and {@code total} are left out where empty or null. */
    static byte[] write(
            String type, @Nullable Long total, Map<String, String> links, List<BundleSlices.Entry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        try (JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("resourceType", "Bundle");
            json.writeStringField("type", type);
            if (total != null) {
                json.writeNumberField("total", total);
            }
            links(json, links);
            if (!entries.isEmpty()) {
                json.writeArrayFieldStart("entry");
                for (BundleSlices.Entry entry : entries) {
                    entry(json, entry);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private static void links(JsonGenerator json, Map<String, String> links) throws IOException {
        if (links.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("link");
        for (Map.Entry<String, String> link : links.entrySet()) {
            json.writeStartObject();
            json.writeStringField("relation", link.getKey());
            json.writeStringField("url", link.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void entry(JsonGenerator json, BundleSlices.Entry entry) throws IOException {
        json.writeStartObject();
        if (entry.receipt() != null) {
            links(json, Map.of(ReceiptLinks.RELATION, entry.receipt()));
        }
        if (entry.fullUrl() != null) {
            json.writeStringField("fullUrl", entry.fullUrl());
        }
        raw(json, "resource", entry.resource());
        raw(json, "search", entry.search());
        raw(json, "request", entry.request());
        raw(json, "response", entry.response());
        json.writeEndObject();
    }

    private static void raw(JsonGenerator json, String name, byte @Nullable [] value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeRawValue(new String(value, StandardCharsets.UTF_8));
        }
    }
}
