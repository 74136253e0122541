package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.console.Progress;
import health.salus.fhir.FhirJson;
import health.salus.identity.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** First act: the members become known, and the hospital's records come in through the gateway. */
final class Loading {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int FEW_RESULTS = 10;

    private final Stage stage;
    private final List<Sample> samples;
    private String patientId = "";

    Loading(Stage stage, List<Sample> samples) {
        this.stage = stage;
        this.samples = samples;
    }

    /** Makes all members of both organizations known to the ledger. */
    void enroll() {
        stage.story().step("Two organizations make keys and found a network", """
                        Hospital and clinic certify their members; the ledger learns keys and roles, no names.""", () -> {
            enroll(stage.network().hospital());
            enroll(stage.network().clinic());
            return "network " + stage.network().genesis().network() + ", "
                    + (stage.network().hospital().members().size()
                            + stage.network().clinic().members().size())
                    + " members";
        });
    }

    private void enroll(Institution institution) {
        Credential authority = institution.authority();
        for (Member member : institution.members()) {
            stage.transactions()
                    .send(
                            member.enrollment(),
                            authority.key().publicKey().thumbprint(),
                            authority.key(),
                            institution.id() + "'s CA: its " + member.name());
        }
    }

    /** Loads the sample data. */
    void load() {
        stage.story().step("The hospital's records come in through its FHIR gateway", """
                        Synthetic patients (Synthea). Of each version that the FHIR server stores, the gateway puts a
                        salted commitment into the hospital's record log, whose head goes on the ledger.""", this::loadAll);
    }

    private String loadAll() throws IOException, InterruptedException {
        awaitServer();
        long total = samples.stream().mapToInt(Sample::size).sum();
        long loaded = 0;
        Sample chosen = chosen();
        String another = "";
        Wire quiet = stage.wire().quiet();
        try (Progress progress = stage.output().progress("loading resources")) {
            for (Sample sample : samples) {
                progress.at(loaded, total);
                Reply reply = quiet.postFhir("/hospital/fhir", FhirJson.bytes(sample.bundle()), stage.system());
                loaded += stored(reply.expect(200).resource());
                if (sample.equals(chosen)) {
                    patientId = Sample.patientId(reply.resource());
                } else if (sample.isOfLivingPatient()) {
                    another = Sample.patientId(reply.resource());
                }
            }
        }
        Files.writeString(stage.network().directory().file(TryByHand.ANOTHER_PATIENT), another + "\n");
        stage.story()
                .tell(new Exchange(
                        "POST",
                        "/hospital/fhir",
                        samples.size() + " times 200: a batch, or a transaction per patient"));
        StepFailedException.unless(loaded == total, "stored " + loaded + " of " + total + " resources");
        return "%,d resources of %d patients stored and committed to"
                .formatted(loaded, samples.stream().filter(Sample::isOfPatient).count());
    }

    private static long stored(JsonNode response) {
        long stored = 0;
        for (JsonNode entry : response.path("entry")) {
            if (entry.path("response").path("status").asText().startsWith("20")) {
                stored++;
            }
        }
        return stored;
    }

    /** The embedded server starts in the background. */
    private void awaitServer() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (stage.wire().quiet().get("/hospital/fhir/metadata").status() == 503) {
            StepFailedException.unless(System.nanoTime() - end < 0, "the FHIR server did not start; see node.log");
            Thread.sleep(Duration.ofMillis(200));
        }
        stage.wire().get("/hospital/fhir/metadata").expect(200);
    }

    /** The smallest sample of a living patient with a few laboratory results. */
    private Sample chosen() {
        return samples.stream()
                .filter(Loading::isRich)
                .min(Comparator.comparingInt(Sample::size))
                .orElseThrow(() -> new StepFailedException("no patient with laboratory results in the sample data"));
    }

    /** Whether it is of a living patient with a few laboratory results. */
    static boolean isRich(Sample sample) {
        return sample.isOfLivingPatient() && sample.laboratoryResults() >= FEW_RESULTS;
    }

    /** Id of the Patient whom the demo is about. */
    String patientId() {
        return patientId;
    }

    /** What of all patients must not be on the ledger. */
    Set<String> personalData() {
        Set<String> data = new TreeSet<>();
        samples.forEach(sample -> data.addAll(sample.personalData()));
        return data;
    }
}
