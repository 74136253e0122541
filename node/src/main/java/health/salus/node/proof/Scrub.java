package health.salus.node.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.Seal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads every sealed version back, slowly and over and over, so that what was altered behind the gateway is found even if
 * nobody asks for it. Not thread-safe.
 */
final class Scrub {
    private final Records records;
    private final StoredVersions stored;
    private final SealedVersions sealed;
    private final Findings findings;
    private final InstantSource clock;
    private long last = -1;

    Scrub(Records records, StoredVersions stored, SealedVersions sealed, Findings findings, InstantSource clock) {
        this.records = records;
        this.stored = stored;
        this.sealed = sealed;
        this.findings = findings;
        this.clock = clock;
    }

    /** Looks at the next {@code most} versions; after the last it begins again. @return how many there were */
    int step(int most) {
        List<Records.Sealed> next = records.after(last, most);
        List<Seal> unreadable = new ArrayList<>();
        Optional<Seal> readable = Optional.empty();
        for (Records.Sealed one : next) {
            if (isReadable(one.seal())) {
                readable = Optional.of(one.seal());
            } else {
                unreadable.add(one.seal());
            }
            last = one.entry();
        }
        readable.ifPresent(other -> reportStillUnreadable(unreadable, other));
        if (next.size() < most) {
            last = -1;
        }
        return next.size();
    }

    /** Looks once more, and at one that could be read last: the server may have failed and recovered meanwhile. */
    private void reportStillUnreadable(List<Seal> unreadable, Seal readable) {
        List<Seal> still = unreadable.stream().filter(seal -> !isReadable(seal)).toList();
        if (isReadable(readable)) {
            still.forEach(seal -> missing(seal.version()));
        }
    }

    /** Looks at a version, if the server hands it out. */
    private boolean isReadable(Seal seal) {
        try {
            inspect(seal);
            return true;
        } catch (UnreadableVersionException | FhirJsonException e) {
            return false;
        }
    }

    private void inspect(Seal seal) {
        ResourceVersion version = seal.version();
        switch (stored.read(version)) {
            case StoredVersions.Stored.Resource(ObjectNode json) -> sealed.compare(seal, json);
            case StoredVersions.Stored.Deletion deletion -> {
                if (!seal.isDeletion()) {
                    missing(version);
                }
            }
            case StoredVersions.Stored.Nothing nothing -> {
                if (records.find(version).isPresent()) { // not erased meanwhile
                    missing(version);
                }
            }
        }
    }

    private void missing(ResourceVersion version) {
        findings.report(new Finding(Finding.Kind.MISSING, version, Set.of(), clock.instant()));
    }
}
