package health.salus.node.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.ResourceVersion;
import java.time.InstantSource;
import java.util.List;
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
        for (Records.Sealed one : next) {
            inspect(one);
            last = one.entry();
        }
        if (next.size() < most) {
            last = -1;
        }
        return next.size();
    }

    private void inspect(Records.Sealed one) {
        ResourceVersion version = one.seal().version();
        switch (stored.read(version)) {
            case StoredVersions.Stored.Resource(ObjectNode json) -> sealed.inspect(json, false);
            case StoredVersions.Stored.Deletion deletion -> {
                if (!one.seal().isDeletion()) {
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
