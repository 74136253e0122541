package health.salus.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.provenance.ReceiptCheck;
import health.salus.fhir.provenance.VersionReceipt;
import health.salus.fhir.seal.Part;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import health.salus.tlog.TileLog;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TlogProof;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** All examples of FHIR R4 that HL7 publishes (CC0), fetched with npm. */
@EnabledIfSystemProperty(
        named = "salus.examples",
        matches = "true",
        disabledReason = "fetches 18 MB with npm; run with -Dsalus.examples=true")
class OfficialExamplesIT {
    private static final String PACKAGE = "hl7.fhir.r4.examples@4.0.1";
    private static final int EXAMPLES = 5_306;
    /** All definitions in one Bundle: the one example that is beyond the limit. */
    private static final String TOO_LARGE = "Bundle-resources.json";

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    @Test
    void each_is_sealed_proven_and_told_from_an_altered_one() throws Exception {
        List<ObjectNode> examples = examples();
        assertThat(examples).hasSize(EXAMPLES - 1);
        assertThat(directory.resolve("package").resolve(TOO_LARGE))
                .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(FhirJson.MAX_BYTES));
        List<Seal> seals = examples.stream()
                .map(example -> Seal.of(example, OwnBases.NONE, RANDOM))
                .toList();
        NoteSigner signer = NoteSigner.generate("log.example/examples", RANDOM);
        TrustPolicy policy = TrustPolicy.of(signer.verifier());
        try (TileLog log = TileLog.open(directory.resolve("log"), "log.example/examples", signer)) {
            log.append(seals.stream()
                    .map(seal -> new RecordEntry(RecordEntry.Kind.VERSION, seal.commitment()).encode())
                    .toList());
            SignedNote checkpoint = log.checkpoint();
            long size = Checkpoint.parse(checkpoint.text()).size();
            for (int i = 0; i < examples.size(); i++) {
                VersionReceipt receipt =
                        new VersionReceipt(seals.get(i), TlogProof.of(log.inclusionProof(i, size), checkpoint));
                check(examples.get(i), receipt, policy);
            }
        }
    }

    private static void check(ObjectNode example, VersionReceipt receipt, TrustPolicy policy) {
        String name = receipt.seal().version().toString();
        assertThat(receipt.check(reordered(example), OwnBases.NONE, policy))
                .as(name)
                .isInstanceOf(ReceiptCheck.Genuine.class);
        assertThat(VersionReceipt.ofProvenance(receipt.toProvenance("hospital", Instant.EPOCH)))
                .as(name)
                .isEqualTo(receipt);
        ObjectNode altered = example.deepCopy().put("implicitRules", "urn:altered");
        assertThat(receipt.check(altered, OwnBases.NONE, policy))
                .as(name)
                .isEqualTo(new ReceiptCheck.Altered(EnumSet.of(Part.CONTENT)));
    }

    /** The same written by somebody else: members the other way round, read again. */
    private static ObjectNode reordered(ObjectNode resource) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(resource.properties());
        Collections.reverse(members);
        ObjectNode reversed = FhirJson.object();
        members.forEach(member -> reversed.set(member.getKey(), member.getValue()));
        return FhirJson.resource(FhirJson.bytes(reversed));
    }

    private List<ObjectNode> examples() throws IOException, InterruptedException {
        run("npm", "pack", "--silent", PACKAGE);
        run("tar", "xzf", "hl7.fhir.r4.examples-4.0.1.tgz");
        try (Stream<Path> files = Files.list(directory.resolve("package"))) {
            return files.filter(OfficialExamplesIT::isExample)
                    .sorted()
                    .map(OfficialExamplesIT::stored)
                    .toList();
        }
    }

    private static boolean isExample(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json")
                && !name.equals("package.json")
                && !name.startsWith(".")
                && !name.equals(TOO_LARGE);
    }

    /** An example as a server would store it, with a version, and with an id where its own is none. */
    private static ObjectNode stored(Path file) {
        try {
            ObjectNode resource = FhirJson.resource(Files.readAllBytes(file));
            if (!resource.path("id").asText().matches("[A-Za-z0-9.-]{1,64}")) {
                resource.put("id", "example");
            }
            resource.withObject("/meta").put("versionId", "1");
            return resource;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FhirJsonException e) {
            throw new AssertionError(file.getFileName() + " can't be read", e);
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
