package health.salus.foundation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@link Json} and refuses everything else: bytes that are not the RFC 8785 form of what they say (so one value
 * has one encoding), duplicate names, fractions, {@code null}, nesting deeper than {@link #MAX_DEPTH}, more than
 * {@link #MAX_BYTES}. Thread-safe.
 */
public final class JsonReader {
    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 16;
    /** Longest text in bytes; an entry of the ledger is no longer either. */
    public static final int MAX_BYTES = 65_535;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(17)
                    .maxDocumentLength(MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonReader() {}

    /** Reads a canonical object. @throws JsonException for anything else */
    public static JsonObject object(byte[] canonical) {
        if (read(canonical) instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("JSON that is no object");
    }

    /** Reads a canonical value. @throws JsonException for anything else */
    public static Json read(byte[] canonical) {
        if (canonical.length > MAX_BYTES) {
            throw new JsonException("JSON of " + canonical.length + " bytes (at most " + MAX_BYTES + ")");
        }
        Json plain = PlainJsonParser.parse(canonical);
        return plain != null ? plain : readAndCompare(canonical);
    }

    /** Reads any canonical value, also one that is not plain. */
    static Json readAndCompare(byte[] canonical) {
        Json value;
        try (JsonParser parser = FACTORY.createParser(canonical)) {
            value = value(parser, next(parser));
            if (parser.nextToken() != null) {
                throw new JsonException("JSON followed by more");
            }
        } catch (JsonProcessingException e) {
            throw new JsonException("not JSON, or not the restricted kind");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
        if (!Arrays.equals(value.canonical(), canonical)) {
            throw new JsonException("JSON that is not in canonical form (RFC 8785)", true);
        }
        return value;
    }

    private static Json value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                SortedMap<String, Json> members = new TreeMap<>();
                for (JsonToken t = next(parser); t != JsonToken.END_OBJECT; t = next(parser)) {
                    String name = parser.currentName();
                    members.put(name, value(parser, next(parser)));
                }
                yield new JsonObject(members);
            }
            case START_ARRAY -> {
                List<Json> elements = new ArrayList<>();
                for (JsonToken t = next(parser); t != JsonToken.END_ARRAY; t = next(parser)) {
                    elements.add(value(parser, t));
                }
                yield new JsonArray(elements);
            }
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT -> new JsonInteger(parser.getLongValue());
            case VALUE_TRUE, VALUE_FALSE -> new JsonBoolean(token == JsonToken.VALUE_TRUE);
            default -> throw new JsonException("JSON with a fraction or null");
        };
    }

    private static JsonToken next(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new JsonException("JSON that ends early");
        }
        return token;
    }
}
