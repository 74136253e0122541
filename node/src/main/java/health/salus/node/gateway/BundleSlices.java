package health.salus.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR Bundle taken apart without touching what lies in its entries: each resource keeps the exact bytes that the
 * server sent. Anything but the members named here is dropped.
 *
 * @param type for example {@code searchset}
 * @param total what the server counted; null where it didn't
 * @param links URL by relation
 * @param entries in order
 */
record BundleSlices(String type, @Nullable Long total, Map<String, String> links, List<Entry> entries) {
    private static final String NO_MATCH = "(?s).*\"mode\"\\s*:\\s*\"(include|outcome)\".*";
    private static final String OUTCOME = "(?s).*\"mode\"\\s*:\\s*\"outcome\".*";
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(64 << 20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /**
     * One entry; each part is the JSON text of that member, null where absent.
     *
     * @param fullUrl decoded, unlike the others
     * @param receipt address of the receipt of what the entry wrote, for {@code entry.link}; never read
     */
    @SuppressWarnings("ArrayRecordComponent") // slices of one reply, never compared
    record Entry(
            @Nullable String fullUrl,
            byte @Nullable [] resource,
            byte @Nullable [] search,
            byte @Nullable [] request,
            byte @Nullable [] response,
            @Nullable String receipt) {
        Entry(
                @Nullable String fullUrl,
                byte @Nullable [] resource,
                byte @Nullable [] search,
                byte @Nullable [] request,
                byte @Nullable [] response) {
            this(fullUrl, resource, search, request, response, null);
        }

        /** Whether it is what was searched for, rather than included or an outcome. */
        boolean isMatch() {
            return search == null || !new String(search, StandardCharsets.UTF_8).matches(NO_MATCH);
        }

        /** Whether it tells about the search. */
        boolean isOutcome() {
            return search != null && new String(search, StandardCharsets.UTF_8).matches(OUTCOME);
        }

        Entry withFullUrl(String url) {
            return new Entry(url, resource, search, request, response, receipt);
        }

        Entry withReceipt(String url) {
            return new Entry(fullUrl, resource, search, request, response, url);
        }

        /** The same with another resource, or none. */
        Entry withResource(byte @Nullable [] other) {
            return new Entry(fullUrl, other, search, request, response, receipt);
        }
    }

    BundleSlices {
        links = new LinkedHashMap<>(links);
        entries = List.copyOf(entries);
    }

    /** Takes a Bundle apart. @throws FhirProblem where {@code json} isn't one */
    static BundleSlices of(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notABundle();
            }
            return bundle(parser, json);
        } catch (JsonProcessingException e) {
            throw notABundle();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static BundleSlices bundle(JsonParser parser, byte[] json) throws IOException {
        String resourceType = "";
        String type = "";
        Long total = null;
        Map<String, String> links = Map.of();
        List<Entry> entries = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "resourceType" -> resourceType = parser.getText();
                case "type" -> type = parser.getText();
                case "total" ->
                    total = value == JsonToken.VALUE_NUMBER_INT ? Long.valueOf(parser.getLongValue()) : null;
                case "link" -> links = links(parser);
                case "entry" -> entries = entries(parser, json);
                default -> parser.skipChildren();
            }
        }
        if (!resourceType.equals("Bundle")) {
            throw notABundle();
        }
        return new BundleSlices(type, total, links, entries);
    }

    private static Map<String, String> links(JsonParser parser) throws IOException {
        Map<String, String> links = new LinkedHashMap<>();
        expectArray(parser);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String relation = "";
            String url = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "relation" -> relation = parser.getText();
                    case "url" -> url = parser.getText();
                    default -> parser.skipChildren();
                }
            }
            links.put(relation, url);
        }
        return links;
    }

    private static List<Entry> entries(JsonParser parser, byte[] json) throws IOException {
        List<Entry> entries = new ArrayList<>();
        expectArray(parser);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String fullUrl = null;
            byte[] resource = null;
            byte[] search = null;
            byte[] request = null;
            byte[] response = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "fullUrl" -> fullUrl = parser.getText();
                    case "resource" -> resource = slice(parser, json);
                    case "search" -> search = slice(parser, json);
                    case "request" -> request = slice(parser, json);
                    case "response" -> response = slice(parser, json);
                    default -> parser.skipChildren();
                }
            }
            entries.add(new Entry(fullUrl, resource, search, request, response));
        }
        return entries;
    }

    private static byte[] slice(JsonParser parser, byte[] json) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw notABundle();
        }
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        return Arrays.copyOfRange(
                json, from, Math.toIntExact(parser.currentLocation().getByteOffset()));
    }

    private static void expectArray(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw notABundle();
        }
    }

    private static FhirProblem notABundle() {
        return new FhirProblem(400, "structure", "not a FHIR Bundle in JSON");
    }
}
