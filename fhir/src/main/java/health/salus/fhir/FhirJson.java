package health.salus.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJsonException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads and writes resources as JSON trees, without HAPI's model: fast, and a decimal keeps the digits it was written with
 * ({@code 2.00} stays {@code 2.00}), which FHIR asks for and a {@code double} cannot do.
 *
 * <p>Reading refuses duplicate names and whatever exceeds the limits below. Thread-safe.
 */
public final class FhirJson {
    /** Longest text in bytes: 32 MiB. */
    public static final int MAX_BYTES = 32 << 20;
    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 100;
    /** Most digits of one number with its exponent expanded; the largest {@code double} has 309. */
    public static final int MAX_DIGITS = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxStringLength(MAX_BYTES)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectReader READER = MAPPER.reader();

    private FhirJson() {}

    /** An empty object to build a resource in. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads one resource. @throws FhirJsonException for anything else */
    public static ObjectNode resource(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new FhirJsonException(
                    Reason.TOO_LARGE, "resource of " + json.length + " bytes (at most " + MAX_BYTES + ")");
        }
        if (tree(json) instanceof ObjectNode object
                && object.path("resourceType").isTextual()) {
            return object;
        }
        throw new FhirJsonException(Reason.NOT_A_RESOURCE, "JSON that is no object with a resourceType");
    }

    /** Writes compact JSON in UTF-8; members keep their order, numbers their digits. */
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private static JsonNode tree(byte[] json) {
        try (JsonParser parser = READER.createParser(json)) {
            return READER.readTree(parser);
        } catch (StreamConstraintsException e) {
            throw new FhirJsonException(tooMuchOf(e), "JSON beyond the limits");
        } catch (NumberFormatException e) { // Jackson's, of an exponent that is no int
            throw new FhirJsonException(Reason.NUMBER_TOO_LONG, "JSON beyond the limits");
        } catch (MismatchedInputException e) { // thrown here only for a repeated name and for what follows the value
            boolean repeated = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate");
            throw new FhirJsonException(
                    repeated ? Reason.DUPLICATE_NAME : Reason.MALFORMED,
                    repeated ? "JSON object with a repeated name" : "JSON followed by more");
        } catch (JsonProcessingException e) {
            throw new FhirJsonException(Reason.MALFORMED, "not JSON");
        } catch (IOException e) { // Jackson's UTF-8 decoder reports broken bytes so
            throw new FhirJsonException(Reason.MALFORMED, "not JSON in UTF-8");
        }
    }

    /** Jackson names the broken limit only in its message. */
    private static Reason tooMuchOf(StreamConstraintsException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (message.contains("nesting depth")) {
            return Reason.TOO_DEEP;
        }
        return message.startsWith("Number") ? Reason.NUMBER_TOO_LONG : Reason.TOO_LARGE;
    }
}
