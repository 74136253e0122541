package health.salus.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.access.TermsFile;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus grants} */
@Command(
        name = "grants",
        description = "List what was asked of a patient and what became of it, with the terms, as the patient.",
        footer = "salus grants --gateway https://hospital.example/hospital/fhir --save terms --keystore patient.p12 "
                + "--password-file password")
public final class GrantsCommand implements Callable<Integer> {
    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Directory to write the terms into, as GRANT.json, for 'salus approve'.")
    private @Nullable Path save;

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        List<Json> grants = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (JsonNode request : gateway.client().get("access/requests").path("requests")) {
            Terms terms = Terms.read(request.path("terms").toString().getBytes(StandardCharsets.UTF_8));
            grants.add(json(request, terms));
            text.append(describe(request, terms));
            if (save != null) {
                Path file = save.resolve(request.path("grant").asText() + ".json");
                Files.createDirectories(save);
                if (Files.notExists(file)) {
                    TermsFile.create(file, terms);
                }
            }
        }
        output.show(JsonObject.builder().put("grants", new JsonArray(grants)).build(), text.toString());
        return ExitCode.OK.number();
    }

    private static String describe(JsonNode request, Terms terms) {
        return "grant " + request.path("grant").asText() + ": "
                + request.path("status").asText() + ", "
                + request.path("requester").asText() + " from "
                + request.path("from").asText() + " until "
                + request.path("until").asText() + "\n"
                + TermsFile.describe(terms).indent(2);
    }

    private static JsonObject json(JsonNode request, Terms terms) {
        Json.Builder json = JsonObject.builder().put("terms", JsonReader.object(terms.canonical()));
        for (String member : List.of("grant", "requester", "status", "from", "until")) {
            json.put(member, request.path(member).asText());
        }
        return json.build();
    }
}
