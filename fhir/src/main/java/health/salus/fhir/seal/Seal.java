package health.salus.fhir.seal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.Canonicalization;
import health.salus.fhir.canonical.OwnBases;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * The opening of a commitment to one resource version: with the version at hand, {@link #check} says whether it is the one
 * committed to, and {@link #commitment} is what the record log holds. Whoever has neither seal nor salt learns nothing
 * from the commitment.
 *
 * <p>A seal lies beside its version, goes where the version goes, and is destroyed with it. Immutable.
 */
public final class Seal {
    private static final byte[] ALGORITHM = prefixed(Canonicalization.STATIC_EXACT.uri());
    private static final byte[] ZERO = {0};

    private final ResourceVersion version;
    private final Salt salt;
    private final Digests digests;

    private Seal(ResourceVersion version, Salt salt, Digests digests) {
        this.version = version;
        this.salt = salt;
        this.digests = digests;
    }

    /**
     * Seals a version as the server stores it, under a fresh salt.
     *
     * @param resource carries its id and {@code meta.versionId}
     * @param bases URLs of the server that stores it
     * @throws IllegalArgumentException if the id or the version is missing
     * @throws health.salus.fhir.FhirJsonException if it has no canonical form
     */
    public static Seal of(ObjectNode resource, OwnBases bases, SecureRandom random) {
        return new Seal(ResourceVersion.of(resource), Salt.random(random), Digests.of(resource, bases));
    }

    /** Seals the version that a deletion made: it has a number and no content. */
    public static Seal ofDeletion(ResourceVersion version, SecureRandom random) {
        return new Seal(version, Salt.random(random), Digests.OF_DELETION);
    }

    /** What is sealed. */
    public ResourceVersion version() {
        return version;
    }

    /** Whether the sealed version is a deletion. */
    public boolean isDeletion() {
        return digests.equals(Digests.OF_DELETION);
    }

    /**
     * {@code SHA-256(0x00 || algorithm || salt || version || content || labels || narrative)}: algorithm and version
     * ({@code Type/id/_history/version}) as one length byte and ASCII, the rest 32 bytes each.
     */
    public Sha256 commitment() {
        return Sha256.of(
                ZERO,
                ALGORITHM,
                salt.bytes(),
                prefixed(version.toString()),
                digests.content().bytes(),
                digests.labels().bytes(),
                digests.narrative().bytes());
    }

    /** Compares a resource, as somebody received or stores it, with what was sealed. */
    public SealCheck check(ObjectNode resource, OwnBases bases) {
        Digests found = Digests.of(resource, bases);
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (!isOf(resource)) {
            parts.add(Part.IDENTITY);
        }
        if (!found.content().equals(digests.content())) {
            parts.add(Part.CONTENT);
        }
        if (!found.labels().equals(digests.labels())) {
            parts.add(Part.LABELS);
        }
        if (!found.narrative().equals(digests.narrative())) {
            parts.add(Part.NARRATIVE);
        }
        return parts.isEmpty() ? new SealCheck.Matches() : new SealCheck.Differs(parts);
    }

    private boolean isOf(ObjectNode resource) {
        return resource.path("resourceType").asText().equals(version.type())
                && resource.path("id").asText().equals(version.id())
                && resource.path("meta").path("versionId").asText().equals(version.version());
    }

    /**
     * Canonical JSON to store or hand over: {@code {"algorithm","content","labels","narrative","salt","version"}}, digests
     * and salt in base64url.
     */
    public byte[] encode() {
        return JsonObject.builder()
                .put("algorithm", Canonicalization.STATIC_EXACT.uri())
                .put("content", digests.content().base64Url())
                .put("labels", digests.labels().base64Url())
                .put("narrative", digests.narrative().base64Url())
                .put("salt", salt.base64Url())
                .put("version", version.toString())
                .build()
                .canonical();
    }

    /** Reads what {@link #encode} wrote. @throws IllegalArgumentException or {@link JsonException} for anything else */
    public static Seal decode(byte[] json) {
        JsonObject object = JsonReader.object(json);
        if (object.members().size() != 6 || !text(object, "algorithm").equals(Canonicalization.STATIC_EXACT.uri())) {
            throw new JsonException("not a seal of the algorithm " + Canonicalization.STATIC_EXACT.uri());
        }
        return new Seal(
                ResourceVersion.parse(text(object, "version")),
                Salt.ofBase64Url(text(object, "salt")),
                new Digests(
                        Sha256.ofBase64Url(text(object, "content")),
                        Sha256.ofBase64Url(text(object, "labels")),
                        Sha256.ofBase64Url(text(object, "narrative"))));
    }

    private static String text(JsonObject object, String name) {
        if (object.members().get(name) instanceof JsonString(String value)) {
            return value;
        }
        throw new JsonException("seal without a string '" + name + "'");
    }

    /** One length byte, then ASCII; type, id and version are at most 202 characters. */
    private static byte[] prefixed(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] result = new byte[ascii.length + 1];
        result[0] = (byte) ascii.length;
        System.arraycopy(ascii, 0, result, 1, ascii.length);
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seal that
                && version.equals(that.version)
                && salt.equals(that.salt)
                && digests.equals(that.digests);
    }

    @Override
    public int hashCode() {
        return version.hashCode() * 31 + salt.hashCode();
    }

    @Override
    public String toString() {
        return "seal of " + version;
    }
}
