package health.salus.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Which version of which resource, as a server names it: {@code Observation/17/_history/2}.
 *
 * @param type a FHIR resource type
 * @param id logical id, the FHIR R4 {@code id} datatype
 * @param version {@code meta.versionId}, the same datatype
 */
public record ResourceVersion(String type, String id, String version) {
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{0,63}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    public ResourceVersion {
        if (!TYPE.matcher(type).matches()
                || !ID.matcher(id).matches()
                || !ID.matcher(version).matches()) {
            throw new IllegalArgumentException("not a resource version (expected: <Type>/<id>/_history/<version>)");
        }
    }

    /** What {@code resource} says of itself. @throws IllegalArgumentException if type, id or version is missing */
    public static ResourceVersion of(JsonNode resource) {
        return new ResourceVersion(
                resource.path("resourceType").asText(),
                resource.path("id").asText(),
                resource.path("meta").path("versionId").asText());
    }

    /** Reads {@link #toString}'s form. @throws IllegalArgumentException for anything else */
    public static ResourceVersion parse(String reference) {
        String[] parts = reference.split("/", -1);
        if (parts.length != 4 || !parts[2].equals("_history")) {
            throw new IllegalArgumentException("not a resource version (expected: <Type>/<id>/_history/<version>)");
        }
        return new ResourceVersion(parts[0], parts[1], parts[3]);
    }

    /** The reference without the version: {@code Observation/17}. */
    public String resource() {
        return type + "/" + id;
    }

    @Override
    public String toString() {
        return type + "/" + id + "/_history/" + version;
    }
}
