package health.salus.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhir.receipt.RecordReceiptCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Second act: a record is written, its receipt fetched and checked. */
final class Recording {
    /** The value that the laboratory measured, as the FHIR server stores it. */
    static final String VALUE = "104.50";

    private final Stage stage;
    private final String patientId;
    private String receiptPath = "";
    private ObjectNode record = FhirJson.object();

    Recording(Stage stage, String patientId) {
        this.stage = stage;
        this.patientId = patientId;
    }

    /** The hospital writes a laboratory result. */
    void write() {
        stage.story().step("The hospital writes a laboratory result", """
                An ordinary FHIR create. The answer says where the receipt is.""", () -> {
            Reply reply = stage.wire()
                    .postFhir("/hospital/fhir/Observation", glucose().getBytes(StandardCharsets.UTF_8), stage.system())
                    .expect(201);
            receiptPath = reply.receipt();
            String location = reply.response().headers().firstValue("Location").orElseThrow();
            record = stage.wire()
                    .get(location.replaceFirst("/_history/.*", ""), stage.system())
                    .expect(200)
                    .resource();
            return "stored as " + version();
        });
    }

    private String glucose() {
        return """
                {"resourceType": "Observation", "status": "final",
                 "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                                           "code": "laboratory"}]}],
                 "code": {"coding": [{"system": "http://loinc.org", "code": "2339-0",
                                      "display": "Glucose [Mass/volume] in Blood"}]},
                 "subject": {"reference": "Patient/%s"}, "effectiveDateTime": "%s",
                 "valueQuantity": {"value": %s, "unit": "mg/dL",
                                   "system": "http://unitsofmeasure.org", "code": "mg/dL"}}
                """.formatted(patientId, Instant.now().truncatedTo(ChronoUnit.SECONDS), VALUE);
    }

    /** The receipt is fetched and checked offline. */
    void check() {
        stage.story().step("The receipt is checked offline", """
                It proves that the ledger has the record log's head, and the record log this version. Needed: the
                receipt, the record and the ledger's public key, three files; no node.""", () -> {
            String receipt = receipt(stage.wire(), receiptPath, stage.system());
            Files.writeString(receiptFile(), receipt);
            Files.write(recordFile(), FhirJson.bytes(record));
            RecordReceiptCheck.Verified verified = verified(check(receipt, record));
            ObjectNode altered = record.deepCopy();
            altered.put("status", "amended");
            StepFailedException.unless(
                    !check(receipt, altered).isVerified(), "the receipt also verified an altered record");
            return "verified: " + verified.version() + " was committed to by " + verified.time()
                    + "; altered by one word it is refused";
        });
    }

    /** Fetches a receipt, which there is once the head of the record log is on the ledger. */
    static String receipt(Wire wire, String path, Caller caller) throws InterruptedException {
        return wire.getWhenReady(path, caller).expect(200).text();
    }

    /** Checks a resource against its receipt, offline. */
    RecordReceiptCheck check(String receipt, ObjectNode resource) {
        return RecordReceipt.parse(receipt)
                .check(
                        stage.network().trust(),
                        resource,
                        OwnBases.of(stage.network().fhirBase().toString()));
    }

    /** What was verified. @throws StepFailedException where it wasn't */
    static RecordReceiptCheck.Verified verified(RecordReceiptCheck check) {
        return switch (check) {
            case RecordReceiptCheck.Verified verified -> verified;
            case RecordReceiptCheck.Refused(String reason) -> throw new StepFailedException("refused: " + reason);
        };
    }

    /** Which version was written. */
    ResourceVersion version() {
        return ResourceVersion.of(record);
    }

    private Path receiptFile() {
        return stage.network().directory().file("receipt.txt");
    }

    private Path recordFile() {
        return stage.network().directory().file("record.json");
    }
}
