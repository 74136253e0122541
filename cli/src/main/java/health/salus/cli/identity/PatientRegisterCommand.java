package health.salus.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.exchange.GatewayOptions;
import health.salus.cli.option.PublicKeyConverter;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.P256PublicKey;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus patient register} */
@Command(
        name = "register",
        description = "Register a patient and their key at the custodian, under a new handle, as a registrar.",
        footer = "salus patient register --patient FHIR-ID --public-key KEY --gateway "
                + "https://hospital.example/hospital/fhir --keystore hospital/registrar.p12 --password-file "
                + "hospital/password")
final class PatientRegisterCommand implements Callable<Integer> {
    @Option(
            names = "--patient",
            required = true,
            paramLabel = "FHIR-ID",
            description = "Id of the Patient resource at the custodian; it does not go on the ledger.")
    private @Nullable String patient;

    @Option(
            names = "--public-key",
            required = true,
            converter = PublicKeyConverter.class,
            paramLabel = "KEY",
            description = "Public key as 'salus patient key' prints it.")
    private @Nullable P256PublicKey publicKey;

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode answer = gateway.client()
                .post(
                        "patients",
                        JsonObject.builder()
                                .put("patient", Objects.requireNonNull(patient)) // picocli demands both
                                .put("key", Objects.requireNonNull(publicKey).base64Url())
                                .build());
        String handle = answer.path("handle").asText();
        String url = answer.path("url").asText();
        output.show(
                JsonObject.builder().put("patient", handle).put("url", url).build(),
                "handle: " + handle + "\naddress: " + url + "\nGive the handle to the patient.");
        return ExitCode.OK.number();
    }
}
