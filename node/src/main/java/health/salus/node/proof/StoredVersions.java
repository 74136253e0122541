package health.salus.node.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.seal.Seal;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import java.security.SecureRandom;
import java.util.Optional;

/** Versions as the server behind stores them, which alone is what gets sealed. Thread-safe. */
public final class StoredVersions {
    private final FhirBackend backend;
    private final OwnBases bases;
    private final SecureRandom random;

    /** @param bases under which the server's resources are known */
    public StoredVersions(FhirBackend backend, OwnBases bases, SecureRandom random) {
        this.backend = backend;
        this.bases = bases;
        this.random = random;
    }

    /** What the server has under a version. */
    sealed interface Stored {
        /** A resource. */
        record Resource(ObjectNode json) implements Stored {}

        /** That the resource was deleted by it. */
        record Deletion() implements Stored {}

        /** Nothing. */
        record Nothing() implements Stored {}
    }

    /** Reads a version. @throws UnreadableVersionException where the server doesn't answer as it should */
    Stored read(ResourceVersion version) {
        // without this a Binary comes as its bytes
        FhirRequest request = FhirRequest.get(version.toString()).with("Accept", "application/fhir+json");
        FhirResponse response = backend.exchange(request);
        return switch (response.status()) {
            case 200 -> new Stored.Resource(FhirJson.resource(response.body().bytes()));
            case 410 -> new Stored.Deletion();
            case 404 -> new Stored.Nothing();
            default -> throw new UnreadableVersionException(response.status());
        };
    }

    /** A fresh seal of a version; empty where the server has none. */
    Optional<Seal> seal(ResourceVersion version) {
        return seal(version, read(version));
    }

    Optional<Seal> seal(ResourceVersion version, Stored content) {
        return switch (content) {
            case Stored.Resource(ObjectNode json) -> Optional.of(seal(json));
            case Stored.Deletion deletion -> Optional.of(Seal.ofDeletion(version, random));
            case Stored.Nothing nothing -> Optional.empty();
        };
    }

    Seal seal(ObjectNode resource) {
        return Seal.of(resource, bases, random);
    }

    OwnBases bases() {
        return bases;
    }
}
