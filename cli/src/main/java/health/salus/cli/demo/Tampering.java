package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.ResourceVersion;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.verify.Verification;
import health.salus.node.RunningNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/** Last act: somebody alters what is stored, and somebody has a right to be forgotten. */
final class Tampering {
    private static final String FORGED = "94.50";

    private final Stage stage;
    private final RunningNode node;
    private final ResourceVersion record;

    /** @param record that is altered and later erased */
    Tampering(Stage stage, RunningNode node, ResourceVersion record) {
        this.stage = stage;
        this.node = node;
        this.record = record;
    }

    /** A row of the FHIR server's database is changed. */
    void row() {
        stage.story()
                .step(
                        "A row is changed in the database, behind the gateway's back",
                        """
                Glucose %s becomes %s by SQL: %s.""".formatted(Recording.VALUE, FORGED, FhirRow.sql()),
                        () -> {
                            try (FhirRow row = row(record)) {
                                row.replace("\"value\":" + Recording.VALUE, "\"value\":" + FORGED);
                                String named = stage.wire()
                                        .get("/hospital/fhir/" + record.resource(), stage.system())
                                        .expect(500)
                                        .diagnostics();
                                StepFailedException.unless(
                                        named.contains(record.toString()), "the record is not named: " + named);
                                requireFinding();
                                row.replace("\"value\":" + FORGED, "\"value\":" + Recording.VALUE);
                                stage.wire()
                                        .get("/hospital/fhir/" + record.resource(), stage.system())
                                        .expect(200);
                                return "not served, and named: " + record + " (altered); put back, it reads again";
                            }
                        });
    }

    private FhirRow row(ResourceVersion version) throws SQLException {
        return FhirRow.open(
                stage.network().data().resolve("organizations/hospital/fhir"), version.type(), version.id());
    }

    private void requireFinding() {
        for (JsonNode finding : stage.wire()
                .get("/hospital/findings", stage.admin())
                .expect(200)
                .json()
                .path("findings")) {
            if (finding.path("record").asText().equals(record.toString())
                    && finding.path("kind").asText().equals("altered")) {
                return;
            }
        }
        throw new StepFailedException("the hospital's findings do not name " + record);
    }

    /** A byte of a copy of the ledger is flipped. */
    void ledger() {
        stage.story().step("A bit is flipped in a copy of the ledger", """
                Verification executes the ledger from its first entry, with the log's key alone.""", () -> {
            Verification.Clean clean = clean("ledger-export");
            stage.story().say("as it is: %d entries, %d blocks verify".formatted(clean.entries(), clean.height() + 1));
            LedgerCopy altered = export("ledger-altered");
            stage.story().say("flipped: " + altered.flip());
            if (!(verify(altered) instanceof Verification.Damaged damaged)) {
                throw new StepFailedException("verification did not notice it");
            }
            return "noticed: " + damaged.findings().getFirst().what();
        });
    }

    /** A record is erased. */
    void erasure() {
        stage.story().step("A record is erased", """
                The hospital destroys all versions and their salts. What stays on the ledger can't be guessed back.""", () -> {
            JsonObject wish = JsonObject.builder()
                    .put("reference", record.resource())
                    .put("reason", "gdpr-17")
                    .build();
            JsonNode erased = stage.wire()
                    .postJson("/hospital/erasures", wish, stage.admin())
                    .expect(200)
                    .json();
            Files.writeString(
                    stage.network().directory().file("erasure.json"),
                    erased.path("receipt").asText());
            int status = stage.wire()
                    .get("/hospital/fhir/" + record.resource(), stage.system())
                    .status();
            StepFailedException.unless(status == 404 || status == 410, "reading it answers " + status);
            try (FhirRow row = row(record)) {
                StepFailedException.unless(row.versions() == 0, "the database still has it");
            }
            Verification.Clean clean = clean("ledger-after-erasure");
            return "unreadable; the ledger verifies, %d entries, %d blocks"
                    .formatted(clean.entries(), clean.height() + 1);
        });
    }

    /** Nothing personal is on the ledger. */
    void privacy(Set<String> personalData) {
        stage.story().step("Nothing personal is on the ledger", """
                Looks through every byte of the ledger for names, identifiers, dates of birth, addresses and telephone
                numbers of all patients, and for unsalted hashes of them.""", () -> {
            PrivacyScan scan = new PrivacyScan(new Needles(personalData));
            scan.files(stage.network().data().resolve("ledger"));
            scan.entries(new LedgerCopy(
                            stage.network().directory().file("ledger-after-erasure"),
                            stage.network().logKey())
                    .open());
            StepFailedException.unless(scan.found() == 0, "found " + scan.found() + " times");
            return "%,d bytes searched for %,d texts and their hashes: nothing found"
                    .formatted(scan.length(), personalData.size());
        });
    }

    private Verification.Clean clean(String name) throws IOException {
        return switch (verify(export(name))) {
            case Verification.Clean clean -> clean;
            case Verification.Damaged damaged ->
                throw new StepFailedException("the ledger does not verify: " + damaged.findings());
        };
    }

    private LedgerCopy export(String name) {
        Path directory = stage.network().directory().file(name);
        node.ledger().ledger().export(directory);
        return new LedgerCopy(directory, stage.network().logKey());
    }

    private Verification verify(LedgerCopy copy) throws IOException {
        return copy.verify(Files.createTempDirectory(stage.network().directory().path(), "verification"));
    }
}
