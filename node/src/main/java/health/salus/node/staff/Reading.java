package health.salus.node.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.node.requester.AccessToken;
import health.salus.node.requester.CustodianClient;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one clinician reads at one custodian for as long as a token lasts. Versions that were read, and their receipts, are kept
 * that long, so that verifying what is shown costs no second read. Thread-safe.
 */
final class Reading {
    private static final int MOST_BYTES = 8 << 20; // of versions, and again of receipts

    private final CustodianClient custodian;
    private final AccessToken token;
    private final Kept versions = new Kept();
    private final Kept receipts = new Kept();

    Reading(CustodianClient custodian, AccessToken token) {
        this.custodian = custodian;
        this.token = token;
    }

    Instant expires() {
        return token.expires();
    }

    /** Address that the custodian's resources are relative to. */
    String base() {
        return custodian.fhirBase().toString();
    }

    /** Reads a resource, or a Bundle whose resources are kept. */
    ObjectNode read(String target) {
        ObjectNode read = custodian.read(token, target);
        if (read.path("resourceType").asText().equals("Bundle")) {
            read.path("entry").forEach(entry -> keep(entry.path("resource")));
        } else {
            keep(read);
        }
        return read;
    }

    private void keep(JsonNode resource) {
        ResourceVersion version;
        try {
            version = ResourceVersion.of(resource);
        } catch (IllegalArgumentException e) { // an OperationOutcome, which has no receipt
            return;
        }
        versions.put(version, FhirJson.bytes(resource));
    }

    /** A version that was read, as it came. */
    Optional<byte[]> version(ResourceVersion version) {
        return versions.get(version);
    }

    /** The receipt of a version that was read; empty while there is none yet. */
    Optional<byte[]> receipt(ResourceVersion version) {
        return receipts.get(version).or(() -> {
            Optional<byte[]> receipt = custodian.receipt(token, version);
            receipt.ifPresent(found -> receipts.put(version, found));
            return receipt;
        });
    }

    /** Bytes by version; where they are too many, the oldest go. Thread-safe. */
    private static final class Kept {
        private final Map<ResourceVersion, byte[]> kept = new LinkedHashMap<>(); // also the lock
        private long bytes;

        Optional<byte[]> get(ResourceVersion version) {
            synchronized (kept) {
                return Optional.ofNullable(kept.get(version));
            }
        }

        void put(ResourceVersion version, byte[] value) {
            synchronized (kept) {
                byte[] before = kept.put(version, value);
                bytes += value.length - (before == null ? 0 : before.length);
                Iterator<byte[]> oldest = kept.values().iterator();
                while (bytes > MOST_BYTES) {
                    bytes -= oldest.next().length;
                    oldest.remove();
                }
            }
        }
    }
}
