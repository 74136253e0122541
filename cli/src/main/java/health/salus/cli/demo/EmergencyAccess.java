package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.EmergencyReason;
import health.salus.identity.Handle;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Fourth act: the clinic opens the record without leave. */
final class EmergencyAccess {
    private static final Duration NEEDED = Duration.ofHours(4);

    private final Stage stage;
    private final Consent consent;

    EmergencyAccess(Stage stage, Consent consent) {
        this.stage = stage;
        this.consent = consent;
    }

    /** The doctor breaks the glass; the patient is told. */
    void play() {
        stage.story().step("Emergency: the clinic opens the record without leave", """
                Only clinicians can, for some hours, and a justification is due. The patient is told at once.""", () -> {
            Instant until = Instant.now().plus(NEEDED).truncatedTo(ChronoUnit.SECONDS);
            stage.transactions()
                    .send(
                            new AccessAction.BreakGlass(
                                    Handle.random(), consent.patient().handle(), EmergencyReason.ACUTE_DANGER, until),
                            stage.doctor().signer(),
                            "clinic's doctor");
            List<ObjectNode> resources = stage.wire()
                    .get("/hospital/fhir/Condition?patient=" + consent.patient().handle(), stage.doctor())
                    .expect(200)
                    .resources();
            StepFailedException.unless(!resources.isEmpty(), "no resources in an emergency");
            long flagged = AuditList.fetch(stage, consent.patient()).emergencies("clinic");
            StepFailedException.unless(flagged > 0, "the audit event is not flagged as an emergency");
            JsonNode newest = stage.wire()
                    .get("/hospital/notifications", consent.patient().caller())
                    .expect(200)
                    .json()
                    .path("notifications")
                    .path(0);
            StepFailedException.unless(newest.path("emergency").asBoolean(), "the patient was not notified");
            return resources.size() + " conditions released, flagged BTG in the audit; the patient is notified: "
                    + newest.path("type").asText();
        });
    }
}
