package health.salus.fhir.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJsonException;
import java.util.Set;

/**
 * A rule that turns a resource into bytes, named by the URI that {@code Signature.targetFormat} and seals carry. All of
 * them order members and write strings as RFC 8785 does; they differ in what they leave out and how they write numbers.
 */
public enum Canonicalization {
    /** FHIR R4 §2.6.2.6: everything, RFC 8785. */
    JSON("http://hl7.org/fhir/canonicalization/json", NumberForm.ECMASCRIPT),
    /** The same without the root's narrative. */
    DATA("http://hl7.org/fhir/canonicalization/json#data", NumberForm.ECMASCRIPT),
    /**
     * The same without the root's narrative and {@code meta}: what stays when a resource moves between servers. Decimals
     * pass through a {@code double}, so clinically different values such as {@code 2.0} and {@code 2.00} collide.
     */
    STATIC("http://hl7.org/fhir/canonicalization/json#static", NumberForm.ECMASCRIPT),
    /** Leaves out the same as {@link #STATIC} and keeps each number's digits, exponents expanded. Used by seals. */
    STATIC_EXACT("https://salus.health/canonicalization/json#static-exact", NumberForm.EXACT);

    private final String uri;
    private final NumberForm numbers;

    Canonicalization(String uri, NumberForm numbers) {
        this.uri = uri;
        this.numbers = numbers;
    }

    /** The rule of this URI. @throws IllegalArgumentException for any other */
    public static Canonicalization ofUri(String uri) {
        for (Canonicalization rule : values()) {
            if (rule.uri.equals(uri)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("canonicalization URI that is not known here");
    }

    /** Names the rule. */
    public String uri() {
        return uri;
    }

    /**
     * The canonical bytes of {@code resource} in UTF-8; references are taken as they are.
     *
     * @throws FhirJsonException for a number or a string that has no canonical form
     */
    public byte[] bytes(ObjectNode resource) {
        return bytes(resource, OwnBases.NONE);
    }

    /** The same, with references to the server itself made relative first. */
    public byte[] bytes(ObjectNode resource, OwnBases bases) {
        return new CanonicalWriter(numbers, bases).resource(resource, leftOut()).toByteArray();
    }

    /** Canonical bytes of a part of a resource, nothing left out. */
    public byte[] part(JsonNode part, OwnBases bases) {
        return new CanonicalWriter(numbers, bases).part(part).toByteArray();
    }

    private Set<String> leftOut() {
        return switch (this) {
            case JSON -> Set.of();
            case DATA -> Set.of("text");
            case STATIC, STATIC_EXACT -> Set.of("text", "meta");
        };
    }
}
