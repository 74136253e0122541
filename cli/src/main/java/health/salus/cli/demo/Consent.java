package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.contracts.rule.Period;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.identity.Handle;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.PatientKey;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Third act: the clinic asks, the patient decides. */
final class Consent {
    private static final Duration ASKED_FOR = Duration.ofDays(30);

    private final Stage stage;
    private final Recording recording;
    private final String patientId;
    private final SecureRandom random = new SecureRandom();
    private final Handle grant = Handle.random();
    private final Terms terms = Terms.of(PurposeOfUse.TREAT, laboratory(), random);
    private Optional<DemoPatient> patient = Optional.empty();
    private List<ObjectNode> fetched = new ArrayList<>();

    Consent(Stage stage, Recording recording, String patientId) {
        this.stage = stage;
        this.recording = recording;
        this.patientId = patientId;
    }

    private static Scope laboratory() {
        SortedMap<String, SortedSet<String>> types = new TreeMap<>();
        types.put("Observation", new TreeSet<>(List.of("laboratory")));
        return new Scope(types, new TreeSet<>(), EnumSet.allOf(Interaction.class), Optional.empty());
    }

    /** The patient. */
    DemoPatient patient() {
        return patient.orElseThrow();
    }

    /** The patient gets a handle. */
    void register() {
        stage.story().step("A patient registers a key and gets a handle", """
                The handle is random. Only the hospital can tell whom it stands for.""", () -> {
            P256PrivateKey key = P256PrivateKey.generate();
            JsonObject body = JsonObject.builder()
                    .put("patient", patientId)
                    .put("key", key.publicKey().base64Url())
                    .build();
            String handle = stage.wire()
                    .postJson("/hospital/patients", body, stage.system())
                    .expect(201)
                    .json()
                    .path("handle")
                    .asText();
            PatientKey patientKey = new PatientKey(new Handle(handle), key);
            DemoDirectory directory = stage.network().directory();
            KeyStoreFile.create(directory.file("patient.p12"), KeyStorePassword.ofFile(directory.file("password")))
                    .put(patientKey);
            patient = Optional.of(new DemoPatient(patientId, new Handle(handle), patientKey));
            return "handle " + handle;
        });
    }

    /** The clinic asks and is refused meanwhile. */
    void ask() {
        stage.story().step("The clinic asks for laboratory results", """
                The ledger gets a salted commitment to what is asked and why; hospital and patient get the terms.
                Nobody has allowed anything yet.""", () -> {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            stage.transactions()
                    .send(
                            new AccessAction.Request(
                                    grant,
                                    patient().handle(),
                                    terms.commitment(),
                                    new Period(now, now.plus(ASKED_FOR))),
                            stage.doctor().signer(),
                            "clinic's doctor");
            JsonObject deposit = JsonObject.builder()
                    .put("grant", grant.value())
                    .put("terms", JsonReader.object(terms.canonical()))
                    .build();
            stage.wire()
                    .postJson("/hospital/access/terms", deposit, stage.doctor())
                    .expect(201);
            Files.write(stage.network().directory().file("terms.json"), terms.canonical());
            Reply refused =
                    stage.wire().get(laboratoryResults(), stage.doctor()).expect(403);
            return "refused: " + refused.diagnostics();
        });
    }

    /** The patient allows it. */
    void approve() {
        stage.story().step("The patient reads the request and approves it", """
                The signature covers the terms.""", () -> {
            JsonNode asked = stage.wire()
                    .get("/hospital/access/requests", patient().caller())
                    .expect(200)
                    .json()
                    .path("requests")
                    .path(0);
            Terms shown = Terms.read(canonical(asked.path("terms")));
            StepFailedException.unless(
                    asked.path("grant").asText().equals(grant.value()) && shown.equals(terms),
                    "the patient is shown something else than what was asked");
            stage.transactions()
                    .send(
                            new AccessAction.Approve(grant, shown.commitment()),
                            patient().key(),
                            "patient");
            return asked.path("requester").asText() + " may read laboratory results, for treatment, until "
                    + asked.path("until").asText();
        });
    }

    private static byte[] canonical(JsonNode json) {
        return FhirJson.bytes(json);
    }

    /** The clinic fetches what it may, and not more. */
    void fetch() {
        stage.story().step("The clinic fetches by FHIR, and gets just the scope", """
                Any FHIR client with SMART Backend Services can do this.""", () -> {
            fetched = stage.wire()
                    .get(laboratoryResults(), stage.doctor())
                    .expect(200)
                    .resources();
            StepFailedException.unless(
                    !fetched.isEmpty() && fetched.stream().allMatch(Sample::isLaboratory),
                    "found " + fetched.size() + " resources, not all of them laboratory results");
            int others = 0;
            for (String type : List.of("Observation", "Condition", "Encounter")) {
                others += (int) stage
                        .wire()
                        .get(
                                "/hospital/fhir/" + type + "?patient="
                                        + patient().handle() + "&_count=100",
                                stage.doctor())
                        .expect(200)
                        .resources()
                        .stream()
                        .filter(resource -> !Sample.isLaboratory(resource))
                        .count();
            }
            StepFailedException.unless(others == 0, others + " resources outside the scope");
            stage.wire()
                    .get("/hospital/fhir/Patient/" + patient().handle(), stage.doctor())
                    .expect(404);
            return fetched.size() + " laboratory results, and nothing else of the patient";
        });
    }

    /** The clinic verifies what it got. */
    void verify() {
        stage.story().step("The clinic verifies what it got against the ledger", """
                Each resource against its receipt, offline.""", () -> {
            Wire quiet = stage.wire().quiet();
            for (ObjectNode resource : fetched) {
                ResourceVersion version = ResourceVersion.of(resource);
                String receipt = Recording.receipt(quiet, receiptPath(version), stage.doctor());
                Recording.verified(recording.check(receipt, resource));
            }
            stage.story()
                    .tell(new Exchange(
                            "GET",
                            "/hospital/records/Observation/<id>/<version>/receipt",
                            fetched.size() + " times 200"));
            StepFailedException.unless(
                    fetched.stream().map(ResourceVersion::of).anyMatch(recording.version()::equals),
                    "the result written before is not among them");
            return fetched.size() + " of " + fetched.size() + " are what the hospital had committed to";
        });
    }

    private static String receiptPath(ResourceVersion version) {
        return "/hospital/records/" + version.resource() + "/" + version.version() + "/receipt";
    }

    /** The patient sees who saw what. */
    void whoSawWhat() {
        stage.story().step("The patient lists who saw what", """
                IHE BALP audit events; a commitment to each is in the record log before any answer leaves.""", () -> {
            AuditList events = AuditList.fetch(stage, patient());
            StepFailedException.unless(
                    events.disclosedTo("clinic") > 0 && events.refusedTo("clinic") > 0,
                    "of " + events.size() + " events, " + events.disclosedTo("clinic") + " disclosures and "
                            + events.refusedTo("clinic") + " refusals are the clinic's");
            events.lines().forEach(stage.story()::say);
            return events.size() + " events, each with its own commitment";
        });
    }

    /** The patient takes it back. */
    void revoke() {
        stage.story().step("The patient revokes", """
                It counts from the block that has it.""", () -> {
            stage.transactions().send(new AccessAction.Revoke(grant), patient().key(), "patient");
            Reply refused =
                    stage.wire().get(laboratoryResults(), stage.doctor()).expect(403);
            return "refused: " + refused.diagnostics();
        });
    }

    /** Path and query of the laboratory results by FHIR search. */
    String laboratoryResults() {
        return "/hospital/fhir/Observation?patient=" + patient().handle() + "&category=laboratory&_count=100";
    }
}
