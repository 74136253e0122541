package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.audit.WriteAction;
import health.salus.node.access.PatientHandles;
import health.salus.node.backend.FhirResponse;
import health.salus.node.proof.SealedVersions;
import health.salus.node.proof.WritesInFlight;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sends a write of the organization's own to the server behind, seals what it made, and audits it. Thread-safe. */
final class OwnSealing {
    private final Upstream upstream;
    private final SealedVersions seals;
    private final WritesInFlight writes;
    private final PatientHandles handles;
    private final Auditor auditor;
    private final InstantSource clock;

    OwnSealing(
            Upstream upstream,
            SealedVersions seals,
            WritesInFlight writes,
            PatientHandles handles,
            Auditor auditor,
            InstantSource clock) {
        this.upstream = upstream;
        this.seals = seals;
        this.writes = writes;
        this.handles = handles;
        this.auditor = auditor;
        this.clock = clock;
    }

    /** Finds out which versions a write made that succeeded. */
    @FunctionalInterface
    interface Made {
        /** @param began when the write was sent */
        Set<ResourceVersion> by(FhirResponse response, Instant began);
    }

    /**
     * What became of a write.
     *
     * @param versions that it made, all of them sealed; none where it failed
     * @param resources of {@code versions}, without deletions
     */
    record Written(FhirResponse response, Set<ResourceVersion> versions, Map<ResourceVersion, ObjectNode> resources) {}

    /** Sends a write; returns when the versions that it made are sealed. */
    Written send(Request request, Made made) {
        Instant began = clock.instant();
        return writes.write(() -> {
            FhirResponse response = upstream.send(request);
            Set<ResourceVersion> versions = response.isSuccess() ? made.by(response, began) : Set.of();
            return new Written(response, versions, seals.written(versions));
        });
    }

    /** Returns when it is on record who wrote what of whom. */
    void audit(Request request, WriteAction action, Written written) {
        Map<String, List<ResourceVersion>> byHandle = new LinkedHashMap<>();
        for (ResourceVersion version : written.versions) {
            ObjectNode resource = written.resources.get(version);
            String handle = resource == null
                    ? ""
                    : OwnUse.handleOf(resource, upstream, handles).orElse("");
            byHandle.computeIfAbsent(handle, same -> new ArrayList<>()).add(version);
        }
        auditor.wrote(request, action, byHandle);
    }
}
