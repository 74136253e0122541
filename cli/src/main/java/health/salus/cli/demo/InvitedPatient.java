package health.salus.cli.demo;

import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import health.salus.node.RunningNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A running node with one of the sample patients, who is invited to the hospital's portal, and who may get a long record. For
 * measurements. Not thread-safe.
 */
public final class InvitedPatient implements AutoCloseable {
    private static final int PER_TRANSACTION = 250;
    private static final LocalDate FIRST_DAY = LocalDate.of(1980, 1, 1);

    private final DemoDirectory directory;
    private final RunningNode node;
    private final Stage stage;
    private final String patient;

    private InvitedPatient(DemoDirectory directory, RunningNode node, Stage stage, String patient) {
        this.directory = directory;
        this.node = node;
        this.stage = stage;
        this.patient = patient;
    }

    /**
     * Starts a node with an embedded FHIR server and a few of the sample patients.
     *
     * @param path new or empty
     * @param output for progress
     */
    public static InvitedPatient prepare(Path path, Output output) throws IOException {
        DemoDirectory directory = DemoDirectory.fresh(path);
        try {
            DemoNetwork network = DemoNetwork.create(directory);
            RunningNode node = network.start();
            try {
                Stage stage = Stage.of(network, new Story(line -> {}, "", ""), output);
                Loading loading = new Loading(stage, GrantedReads.few());
                loading.enroll();
                loading.load();
                return new InvitedPatient(directory, node, stage, loading.patientId());
            } catch (RuntimeException | Error e) {
                node.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** The link by which the patient registers. */
    public URI invite() {
        JsonObject body = JsonObject.builder().put("patient", patient).build();
        return URI.create(stage.wire()
                .postJson("/hospital/patients/invitations", body, stage.system())
                .expect(201)
                .json()
                .path("link")
                .asText());
    }

    /** Where the node listens, by address rather than by name. */
    public URI address() {
        return stage.network().address();
    }

    /** Stores so many records of the patient: most of them measurements, and some of every other kind. */
    public void store(int records) {
        for (int from = 0; from < records; from += PER_TRANSACTION) {
            String entries = IntStream.range(from, Math.min(records, from + PER_TRANSACTION))
                    .mapToObj(this::entry)
                    .collect(Collectors.joining(","));
            String transaction = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entries + "]}";
            stage.wire()
                    .quiet()
                    .postFhir("/hospital/fhir", transaction.getBytes(StandardCharsets.UTF_8), stage.system())
                    .expect(200);
        }
    }

    /** Has the hospital's own system read so many of the patient's records, one by one. */
    public void read(int times) {
        List<String> paths = new ArrayList<>();
        stage.wire()
                .quiet()
                .get("/hospital/fhir/Observation?patient=" + patient + "&_count=100", stage.system())
                .expect(200)
                .resources()
                .forEach(one ->
                        paths.add("/hospital/fhir/Observation/" + one.path("id").asText()));
        for (int i = 0; i < times; i++) {
            stage.wire()
                    .quiet()
                    .get(paths.get(i % paths.size()), stage.system())
                    .expect(200);
        }
    }

    private String entry(int number) {
        String day = FIRST_DAY.plusDays(number).toString();
        String person = "{\"reference\":\"Patient/" + patient + "\"}";
        String resource = switch (number % 10) {
            case 0 -> """
                    "resourceType":"Condition","code":{"text":"Cold %d"},"recordedDate":"%s","subject":%s,\
                    "clinicalStatus":{"coding":[{"system":\
                    "http://terminology.hl7.org/CodeSystem/condition-clinical","code":"resolved"}]}""".formatted(number, day, person);
            case 1 -> """
                    "resourceType":"MedicationRequest","status":"completed","intent":"order",\
                    "medicationCodeableConcept":{"text":"Paracetamol 500 mg"},"authoredOn":"%s","subject":%s,\
                    "dosageInstruction":[{"text":"One up to three times a day"}]""".formatted(day, person);
            case 2 -> """
                    "resourceType":"Procedure","status":"completed","code":{"text":"Bandage"},\
                    "performedDateTime":"%s","subject":%s""".formatted(day, person);
            case 3 -> """
                    "resourceType":"Immunization","status":"completed","vaccineCode":{"text":"Influenza"},\
                    "occurrenceDateTime":"%s","patient":%s""".formatted(day, person);
            default -> """
                    "resourceType":"Observation","status":"final","category":[{"coding":[{"system":\
                    "http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],\
                    "code":{"coding":[{"system":"http://loinc.org","code":"2339-0","display":"Glucose"}],\
                    "text":"Glucose"},"effectiveDateTime":"%s","subject":%s,\
                    "valueQuantity":{"value":%d.%d,"unit":"mmol/l","system":"http://unitsofmeasure.org",\
                    "code":"mmol/L"},"referenceRange":[{"low":{"value":3.9,"unit":"mmol/l"},\
                    "high":{"value":5.6,"unit":"mmol/l"}}]""".formatted(day, person, 4 + number % 3, number % 10);
        };
        String type = resource.substring(resource.indexOf(':') + 2, resource.indexOf(',') - 1);
        return "{\"resource\":{" + resource + "},\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"}}";
    }

    @Override
    public void close() throws IOException {
        node.close();
        directory.close();
    }
}
