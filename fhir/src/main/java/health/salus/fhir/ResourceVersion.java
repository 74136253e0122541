package health.salus.fhir;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which version of which resource, as a server names it: {@code Observation/17/_history/2}.
 *
 * @param type a FHIR resource type
 * @param id logical id, the FHIR R4 {@code id} datatype
 * @param version {@code meta.versionId}, the same datatype
 */
public record ResourceVersion(String type, String id, String version) {
    public ResourceVersion {
        if (!FhirSyntax.isType(type) || !FhirSyntax.isId(id) || !FhirSyntax.isId(version)) {
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
