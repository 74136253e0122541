package health.salus.cli.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.cli.client.GatewayClient;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.PatientOption;
import health.salus.fhir.FhirJson;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus disclosures} */
@Command(
        name = "disclosures",
        description =
                "List who asked for a patient's records and what they got, newest first, as the patient or an auditor.",
        footer = "salus disclosures --patient HANDLE --gateway https://hospital.example/hospital/fhir "
                + "--keystore patient.p12 --password-file password")
public final class DisclosuresCommand implements Callable<Integer> {
    @Mixin
    private final PatientOption patient = new PatientOption();

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        GatewayClient client = gateway.client();
        List<Disclosure> disclosures = new ArrayList<>();
        String next = "AuditEvent?patient=" + patient.handle();
        while (!next.isEmpty()) {
            ObjectNode page = FhirJson.resource(client.read(URI.create(next)));
            page.path("entry").forEach(entry -> disclosures.add(Disclosure.of(entry.path("resource"))));
            next = "";
            for (var link : page.path("link")) {
                next = link.path("relation").asText().equals("next")
                        ? link.path("url").asText()
                        : next;
            }
        }
        output.show(
                JsonObject.builder()
                        .put(
                                "disclosures",
                                new JsonArray(disclosures.stream()
                                        .<Json>map(Disclosure::json)
                                        .toList()))
                        .build(),
                disclosures.stream().map(Disclosure::line).collect(Collectors.joining("\n")));
        return ExitCode.OK.number();
    }
}
