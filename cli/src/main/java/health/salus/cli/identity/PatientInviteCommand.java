package health.salus.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.exchange.GatewayOptions;
import health.salus.foundation.Json.JsonObject;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus patient invite} */
@Command(
        name = "invite",
        description = "Invite a patient to register with a passkey at the custodian's portal, as a registrar.",
        footer = "salus patient invite --patient FHIR-ID --gateway https://hospital.example/hospital/fhir "
                + "--keystore hospital/registrar.p12 --password-file hospital/password")
final class PatientInviteCommand implements Callable<Integer> {
    @Option(
            names = "--patient",
            required = true,
            paramLabel = "FHIR-ID",
            description = "Id of the Patient resource at the custodian; it does not go on the ledger.")
    private @Nullable String patient;

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode answer = gateway.client()
                .post(
                        "patients/invitations",
                        JsonObject.builder()
                                .put("patient", Objects.requireNonNull(patient)) // picocli demands it
                                .build());
        String link = answer.path("link").asText();
        String expires = answer.path("expires").asText();
        output.show(
                JsonObject.builder().put("link", link).put("expires", expires).build(),
                "link: " + link + "\nexpires: " + expires
                        + "\nGive the link to the patient and nobody else: whoever opens it first becomes the patient.");
        return ExitCode.OK.number();
    }
}
