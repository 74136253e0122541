package health.salus.fhir.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.OwnBases;
import health.salus.tlog.proof.TrustPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Checks a ZIP file of records that a patient has saved: FHIR Bundles, each followed by the receipts of what is in it. Reads it
 * from the beginning to the end, with one Bundle in memory. Not thread-safe.
 */
public final class ArchiveCheck {
    private static final int MAX_RECEIPT_BYTES = 4 << 20;

    private final TrustPolicy policy;
    private final OwnBases bases;
    private final Map<String, ObjectNode> bundle = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<String> unproven = new ArrayList<>();
    private final List<String> withheld = new ArrayList<>();
    private long proven;

    private ArchiveCheck(TrustPolicy policy, OwnBases bases) {
        this.policy = policy;
        this.bases = bases;
    }

    /**
     * What was found.
     *
     * @param proven how many records are what was committed to
     * @param refused reason by version, or by name of a file
     * @param unproven versions without a receipt
     * @param withheld versions that the archive names as altered, and doesn't have
     */
    public record Result(long proven, Map<String, String> refused, List<String> unproven, List<String> withheld) {
        public Result {
            refused = Map.copyOf(refused);
            unproven = List.copyOf(unproven);
            withheld = List.copyOf(withheld);
        }

        /** Whether everything that it has is what was committed to, and nothing is withheld. */
        public boolean isVerified() {
            return refused.isEmpty() && withheld.isEmpty();
        }
    }

    /** Whether a file is an archive, by how it begins. */
    public static boolean isOne(byte[] file) {
        return file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 && file[3] == 4;
    }

    /** Checks all of it. */
    public static Result of(Path file, TrustPolicy policy, OwnBases bases) throws IOException {
        ArchiveCheck check = new ArchiveCheck(policy, bases);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                check.take(entry.getName(), zip);
            }
        } catch (ZipException | EOFException e) {
            check.refused.put(file.getFileName().toString(), "damaged or cut short");
        }
        check.endBundle();
        return new Result(check.proven, check.refused, check.unproven, check.withheld);
    }

    private void take(String name, InputStream in) throws IOException {
        if (name.matches("bundle-[0-9]+\\.json")) {
            endBundle();
            beginBundle(name, in.readNBytes(FhirJson.MAX_BYTES + 1));
        } else if (name.startsWith("receipts/")) {
            receipt(name, new String(in.readNBytes(MAX_RECEIPT_BYTES), StandardCharsets.UTF_8));
        } else if (name.startsWith("altered-")) {
            new String(in.readNBytes(MAX_RECEIPT_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(withheld::add);
        }
    }

    private void beginBundle(String name, byte[] json) {
        try {
            for (JsonNode entry : FhirJson.resource(json).path("entry")) {
                if (entry.path("resource") instanceof ObjectNode resource) {
                    bundle.put(ResourceVersion.of(resource).toString(), resource);
                }
            }
        } catch (FhirJsonException | IllegalArgumentException e) {
            refused.put(name, "no FHIR Bundle of stored resources");
        }
    }

    private void endBundle() {
        unproven.addAll(bundle.keySet());
        bundle.clear();
    }

    private void receipt(String name, String text) {
        RecordReceipt receipt;
        try {
            receipt = RecordReceipt.parse(text);
        } catch (IllegalArgumentException e) {
            refused.put(name, String.valueOf(e.getMessage()));
            return;
        }
        String version = receipt.seal().version().toString();
        ObjectNode resource = bundle.remove(version);
        if (resource == null) {
            refused.put(name, "receipt of " + version + ", which isn't in the Bundle before it");
            return;
        }
        switch (receipt.check(policy, resource, bases)) {
            case RecordReceiptCheck.Verified verified -> proven++;
            case RecordReceiptCheck.Refused(String reason) -> refused.put(version, reason);
        }
    }
}
