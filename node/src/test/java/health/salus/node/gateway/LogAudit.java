package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import health.salus.foundation.Sha256;
import health.salus.node.records.RecordStore;
import java.util.List;
import java.util.stream.LongStream;

/** Compares an organization's record log with the seals that it keeps. */
final class LogAudit {
    private LogAudit() {}

    /** Every seal has its one entry in the log, and no version has an entry that no seal opens. */
    static void requireOneEntryForEachSeal(TwoOrganizations network) {
        RecordStore records = records(network);
        List<Sha256> entries = LongStream.range(0, records.log().head().size())
                .mapToObj(index -> RecordEntry.decode(records.log().entry(index)))
                .filter(entry -> entry.kind() == RecordEntry.Kind.VERSION)
                .map(RecordEntry::digest)
                .toList();
        List<Sha256> seals = records.after(-1, Integer.MAX_VALUE).stream()
                .map(kept -> Seal.decode(kept.seal().orElseThrow()).commitment())
                .toList();
        assertThat(entries).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(seals);
    }

    /** Versions of a resource that are sealed, in the order of the log. */
    static List<String> sealedVersions(TwoOrganizations network, String reference) {
        String[] parts = reference.split("/", -1);
        return records(network).versions(parts[0], parts[1]).stream()
                .map(kept -> kept.version())
                .map(ResourceVersion::version)
                .toList();
    }

    static RecordStore records(TwoOrganizations network) {
        return network.node
                .organizations()
                .find("city")
                .orElseThrow()
                .custody()
                .orElseThrow()
                .records();
    }
}
