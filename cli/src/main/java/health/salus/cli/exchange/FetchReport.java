package health.salus.cli.exchange;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.exchange.ReceivedRecords.Checked;
import health.salus.fhir.receipt.RecordReceiptCheck;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import java.util.List;

/** Tells which of the received records are genuine. */
final class FetchReport {
    private FetchReport() {}

    /** Shows it, in words or as JSON, and says how the command ends. */
    static ExitCode show(Output output, List<Checked> checked) {
        long genuine =
                checked.stream().filter(record -> record.check().isVerified()).count();
        StringBuilder text = new StringBuilder();
        for (Checked record : checked) {
            text.append(
                            switch (record.check()) {
                                case RecordReceiptCheck.Verified verified ->
                                    output.good("verified ") + record.version();
                                case RecordReceiptCheck.Refused(String reason) ->
                                    output.bad("not verified ") + record.version() + ": " + reason;
                            })
                    .append('\n');
        }
        text.append("verified ")
                .append(genuine)
                .append(" of ")
                .append(checked.size())
                .append(" records");
        output.show(
                JsonObject.builder()
                        .put("verified", genuine)
                        .put(
                                "records",
                                new JsonArray(checked.stream()
                                        .<Json>map(FetchReport::json)
                                        .toList()))
                        .build(),
                text.toString());
        return genuine == checked.size() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static JsonObject json(Checked record) {
        Json.Builder json = JsonObject.builder()
                .put("version", record.version())
                .put("verified", record.check().isVerified());
        return switch (record.check()) {
            case RecordReceiptCheck.Refused(String reason) ->
                json.put("reason", reason).build();
            case RecordReceiptCheck.Verified verified ->
                json.put("height", verified.height())
                        .put("time", verified.time().toString())
                        .put("signer", verified.signer().base64Url())
                        .build();
        };
    }
}
