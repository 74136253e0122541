package health.salus.node.records;

import health.salus.fhir.ResourceVersion;

/** A version with what opens its commitment and with its log entry. The arrays are not copied: nobody changes them. */
final class SealRow {
    private final ResourceVersion version;
    private final byte[] seal;
    private final byte[] entry;

    SealRow(ResourceVersion version, byte[] seal, byte[] entry) {
        this.version = version;
        this.seal = seal;
        this.entry = entry;
    }

    ResourceVersion version() {
        return version;
    }

    byte[] seal() {
        return seal;
    }

    byte[] entry() {
        return entry;
    }
}
