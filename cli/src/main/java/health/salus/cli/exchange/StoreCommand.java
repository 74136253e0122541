package health.salus.cli.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.cli.client.GatewayClient;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.console.Progress;
import health.salus.cli.log.TrustOptions;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus store} */
@Command(
        name = "store",
        description = "Store records through one's own gateway, and verify each against the ledger by its receipt.",
        footer = "salus store patient.json result.json --gateway https://hospital.example/hospital/fhir "
                + "--log-key ledger.vkey --keystore hospital/registrar.p12 --password-file hospital/password")
public final class StoreCommand implements Callable<Integer> {
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{0,64}");

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "A FHIR resource in JSON. With an id it becomes the next version of that resource.")
    private List<Path> files = List.of();

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        List<ObjectNode> resources = new ArrayList<>();
        for (Path file : files) {
            resources.add(resource(file));
        }
        GatewayClient client = gateway.writingClient();
        ReceivedRecords records = new ReceivedRecords(client, trust.policy());
        List<ObjectNode> stored = new ArrayList<>();
        List<ReceivedRecords.Checked> checked = new ArrayList<>();
        try (Progress progress = output.progress("storing records")) {
            for (ObjectNode resource : resources) {
                stored.add(FhirJson.resource(client.store(resource)));
                progress.at(stored.size(), resources.size());
            }
        }
        try (Progress progress = output.progress("verifying records")) {
            for (ObjectNode resource : stored) { // after all are stored: one anchor covers many
                checked.add(records.check(resource));
                progress.at(checked.size(), stored.size());
            }
        }
        return FetchReport.show(output, checked).number();
    }

    private static ObjectNode resource(Path file) throws IOException {
        try {
            ObjectNode resource = FhirJson.resource(Files.readAllBytes(file));
            if (TYPE.matcher(resource.path("resourceType").asText()).matches()
                    && ID.matcher(resource.path("id").asText()).matches()) {
                return resource;
            }
            throw new CommandException(ExitCode.USAGE, file + " has no proper resourceType, or an id that is none");
        } catch (FhirJsonException e) {
            throw new CommandException(ExitCode.USAGE, file + " is no FHIR resource: " + e.getMessage(), e);
        }
    }
}
