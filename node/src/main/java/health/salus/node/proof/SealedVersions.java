package health.salus.node.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.Seal;
import health.salus.fhir.seal.SealCheck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Seals what the gateway writes and checks what leaves. A version without a seal came around the gateway: it is sealed as
 * found, and reported. Thread-safe.
 */
public final class SealedVersions {
    private final Records records;
    private final StoredVersions stored;
    private final WritesInFlight writes;
    private final Baseline baseline;
    private final Findings findings;
    private final InstantSource clock;

    SealedVersions(
            Records records,
            StoredVersions stored,
            WritesInFlight writes,
            Baseline baseline,
            Findings findings,
            InstantSource clock) {
        this.records = records;
        this.stored = stored;
        this.writes = writes;
        this.baseline = baseline;
        this.findings = findings;
        this.clock = clock;
    }

    /**
     * Seals versions that were just written, as the server stores them. Within {@link WritesInFlight#write}.
     *
     * @return the resources by version, without deletions
     * @throws UnreadableVersionException where the server doesn't hand one out
     */
    public Map<ResourceVersion, ObjectNode> written(Collection<ResourceVersion> versions) {
        Map<ResourceVersion, ObjectNode> resources = new LinkedHashMap<>();
        List<Seal> seals = new ArrayList<>();
        for (ResourceVersion version : versions) {
            StoredVersions.Stored found = stored.read(version);
            if (found instanceof StoredVersions.Stored.Resource(ObjectNode json)) {
                resources.put(version, json);
            }
            if (records.find(version).isEmpty()) { // an update that changes nothing makes no version
                stored.seal(version, found).ifPresent(seals::add);
            }
        }
        if (!seals.isEmpty()) {
            records.seal(seals);
        }
        return resources;
    }

    /** Checks a version that leaves in part only, which itself can't be checked. @throws TamperedException */
    public void requireStoredAsSealed(ResourceVersion version) {
        if (stored.read(version) instanceof StoredVersions.Stored.Resource(ObjectNode json)) {
            requireSealed(json);
        }
    }

    /**
     * The version of a resource that is about to leave, which is as it was sealed.
     *
     * @throws TamperedException where it isn't; that is reported
     */
    public ResourceVersion requireSealed(ObjectNode resource) {
        ResourceVersion version = ResourceVersion.of(resource);
        Records.Sealed sealed = records.find(version).orElseGet(() -> found(version, resource));
        if (sealed.seal().check(resource, stored.bases()) instanceof SealCheck.Differs(var parts)) {
            findings.report(new Finding(Finding.Kind.ALTERED, version, parts, clock.instant()));
            throw new TamperedException(version);
        }
        return version;
    }

    /** Whether somebody sealed this version, and it is as it was then. Seals and reports nothing. */
    public boolean isAsSealed(ObjectNode resource) {
        return records.find(ResourceVersion.of(resource))
                .filter(kept -> kept.seal().check(resource, stored.bases()) instanceof SealCheck.Matches)
                .isPresent();
    }

    /** Looks at a version without letting it leave; seals it if nobody has, and reports what is wrong. */
    void inspect(ObjectNode resource) {
        ResourceVersion version = ResourceVersion.of(resource);
        Optional<Records.Sealed> sealed = records.find(version);
        if (sealed.isPresent()) {
            compare(sealed.get().seal(), resource);
        } else if (records.isErased(version)) {
            reportBack(version);
        } else {
            sealAsFound(version, resource);
        }
    }

    /** Reports a resource that isn't what was sealed under this seal. */
    void compare(Seal seal, ObjectNode resource) {
        if (seal.check(resource, stored.bases()) instanceof SealCheck.Differs(var parts)) {
            findings.report(new Finding(Finding.Kind.ALTERED, seal.version(), parts, clock.instant()));
        }
    }

    /**
     * Looks at a deletion.
     *
     * @param dated when the server says it was deleted; empty where it doesn't
     */
    void inspectDeletion(ResourceVersion version, String dated) {
        if (records.find(version).isEmpty() && !records.isErased(version)) {
            writes.whenNone(() -> {
                if (records.find(version).isEmpty()) {
                    reportUnsealed(version, dated);
                    stored.seal(version).ifPresent(seal -> records.seal(List.of(seal)));
                }
                return version;
            });
        }
    }

    /** Reports a version that can't be sealed, for it has no canonical form. */
    void reportUnsealable(ResourceVersion version) {
        findings.report(new Finding(Finding.Kind.UNSEALABLE, version, Set.of(), clock.instant()));
    }

    /** Those of the versions that nobody has sealed. */
    public Set<ResourceVersion> unsealed(Collection<ResourceVersion> versions) {
        Set<ResourceVersion> unsealed = new LinkedHashSet<>();
        for (ResourceVersion version : versions) {
            if (records.find(version).isEmpty()) {
                unsealed.add(version);
            }
        }
        return unsealed;
    }

    private void reportUnsealed(ResourceVersion version, String dated) {
        if (!baseline.covers(dated)) {
            findings.report(new Finding(Finding.Kind.UNSEALED, version, Set.of(), clock.instant()));
        }
    }

    private Records.Sealed found(ResourceVersion version, ObjectNode resource) {
        if (records.isErased(version)) {
            reportBack(version);
            throw new TamperedException(version);
        }
        return sealAsFound(version, resource);
    }

    /** Erased here, yet the server still has it: from a backup, or by another way. */
    private void reportBack(ResourceVersion version) {
        findings.report(new Finding(Finding.Kind.ALTERED, version, Set.of(), clock.instant()));
    }

    private Records.Sealed sealAsFound(ResourceVersion version, ObjectNode resource) {
        String dated = resource.path("meta").path("lastUpdated").asText();
        return baseline.covers(dated) // no write in flight makes a version as old as that
                ? seal(version, resource)
                : writes.whenNone(() -> records.find(version).orElseGet(() -> {
                    reportUnsealed(version, dated);
                    return seal(version, resource);
                }));
    }

    private Records.Sealed seal(ResourceVersion version, ObjectNode resource) {
        records.seal(List.of(stored.seal(resource)));
        return records.find(version)
                .orElseThrow(() -> new IllegalStateException("a version that was just sealed has no seal"));
    }
}
