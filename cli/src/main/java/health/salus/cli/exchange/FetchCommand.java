package health.salus.cli.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.cli.client.GatewayClient;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.console.Progress;
import health.salus.cli.log.TrustOptions;
import health.salus.cli.option.PrivateFile;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus fetch} */
@Command(
        name = "fetch",
        description = "Read records through a gateway, and verify each against the ledger by its receipt.",
        footer =
                "salus fetch Observation?patient=HANDLE --gateway https://hospital.example/hospital/fhir "
                        + "--out results.json --log-key ledger.vkey --keystore clinic/alice.p12 --password-file clinic/password")
public final class FetchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "FHIR address: absolute, or relative to --gateway.")
    private @Nullable URI address;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "New file for the answer; only its owner may read it.")
    private @Nullable Path out;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        GatewayClient client = gateway.client();
        URI wanted = client.fhirBase().resolve(Objects.requireNonNull(address)); // picocli demands both
        if (!wanted.toString().startsWith(client.fhirBase().toString())) { // it would be shown the access token
            throw new CommandException(
                    ExitCode.USAGE, wanted + " is not at the gateway (expected: below " + client.fhirBase() + ")");
        }
        ReceivedRecords records = new ReceivedRecords(client, trust.policy());
        byte[] answer = client.read(wanted);
        PrivateFile.create(Objects.requireNonNull(out), answer);
        List<ObjectNode> resources = resources(answer);
        List<ReceivedRecords.Checked> checked = new ArrayList<>();
        try (Progress progress = output.progress("verifying records")) {
            for (ObjectNode resource : resources) {
                checked.add(records.check(resource));
                progress.at(checked.size(), resources.size());
            }
        }
        return FetchReport.show(output, checked).number();
    }

    /** The resource, or those of a Bundle. */
    private static List<ObjectNode> resources(byte[] answer) {
        try {
            ObjectNode root = FhirJson.resource(answer);
            if (!root.path("resourceType").asText().equals("Bundle")) {
                return List.of(root);
            }
            List<ObjectNode> resources = new ArrayList<>();
            root.path("entry").forEach(entry -> {
                if (entry.path("resource") instanceof ObjectNode resource
                        && !resource.path("resourceType").asText().equals("OperationOutcome")) {
                    resources.add(resource);
                }
            });
            return resources;
        } catch (FhirJsonException e) {
            throw new CommandException(ExitCode.UNAVAILABLE, "the gateway's answer is no FHIR: " + e.getMessage(), e);
        }
    }
}
