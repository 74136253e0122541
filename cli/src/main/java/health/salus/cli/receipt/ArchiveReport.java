package health.salus.cli.receipt;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.fhir.receipt.ArchiveCheck;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.util.List;
import java.util.stream.Collectors;

/** Tells what checking saved records found. */
final class ArchiveReport {
    private ArchiveReport() {}

    /** Shows it, in words or as JSON, and says how the command ends. */
    static ExitCode show(Output output, ArchiveCheck.Result result) {
        output.show(
                JsonObject.builder()
                        .put("verified", new JsonBoolean(result.isVerified()))
                        .put("proven", result.proven())
                        .put("refused", array(result.refused().keySet().stream().toList()))
                        .put("unproven", array(result.unproven()))
                        .put("withheld", array(result.withheld()))
                        .build(),
                text(output, result));
        return result.isVerified() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static String text(Output output, ArchiveCheck.Result result) {
        StringBuilder text = new StringBuilder(
                        result.isVerified() ? output.good("verified") : output.bad("not verified"))
                .append(": ")
                .append(result.proven())
                .append(" records are what was committed to");
        result.refused()
                .forEach((what, reason) ->
                        text.append("\nrefused: ").append(what).append(": ").append(reason));
        result.withheld()
                .forEach(version -> text.append("\nwithheld as altered: ").append(version));
        result.unproven()
                .forEach(version -> text.append("\nwithout a receipt: ").append(version));
        return text.toString();
    }

    private static JsonArray array(List<String> texts) {
        return new JsonArray(texts.stream().<Json>map(JsonString::new).collect(Collectors.toList()));
    }
}
