package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Bundles that come in pages, and files to save. */
final class Bundles {
    static final MediaType FHIR = MediaType.parseMediaType("application/fhir+json");

    private Bundles() {}

    /** Address of the page after this one. */
    static Optional<String> next(JsonNode bundle) {
        return bundle.path("link")
                .valueStream()
                .filter(link -> link.path("relation").asText().equals("next"))
                .map(link -> link.path("url").asText())
                .findFirst();
    }

    /**
     * Gives {@code each} page from {@code target} on.
     *
     * @param base address of the FHIR base that addresses begin with
     */
    static void forEachPage(String base, String target, Function<String, JsonNode> read, Consumer<JsonNode> each) {
        Optional<String> next = Optional.of(target);
        while (next.isPresent()) {
            JsonNode page = read.apply(next.get());
            each.accept(page);
            next = next(page).map(url -> url.substring(base.length())).map(Bundles::relative);
        }
    }

    private static String relative(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    /** All entries of all pages in one file. */
    static ResponseEntity<byte[]> collected(String name, String base, String target, Function<String, JsonNode> read) {
        ObjectNode bundle = FhirJson.object().put("resourceType", "Bundle").put("type", "collection");
        ArrayNode entries = bundle.putArray("entry");
        forEachPage(base, target, read, page -> page.path("entry").forEach(entries::add));
        return file(name, FHIR, FhirJson.bytes(bundle));
    }

    static ResponseEntity<byte[]> file(String name, MediaType type, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(content);
    }
}
