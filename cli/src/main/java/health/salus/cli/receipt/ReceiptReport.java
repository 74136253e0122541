package health.salus.cli.receipt;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.receipt.ReceiptCheck;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells what checking a receipt found. */
public final class ReceiptReport {
    private ReceiptReport() {}

    /** Checks the receipt in a file. */
    public static ReceiptCheck check(Path file, TrustPolicy policy) throws IOException {
        return Receipt.check(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), policy);
    }

    /** Shows it, in words or as JSON, and says how the command ends. */
    public static ExitCode show(Output output, ReceiptCheck check) {
        return switch (check) {
            case ReceiptCheck.Verified verified -> {
                output.show(document(verified), text(output, verified));
                yield ExitCode.OK;
            }
            case ReceiptCheck.Refused(String reason) -> {
                output.show(
                        JsonObject.builder()
                                .put("verified", false)
                                .put("reason", reason)
                                .build(),
                        output.bad("not verified: ") + reason);
                yield ExitCode.REFUSED;
            }
        };
    }

    private static String text(Output output, ReceiptCheck.Verified verified) {
        return output.good("verified") + ": " + outcome(verified) + "\ntransaction "
                + verified.transaction().base64Url() + ", block " + verified.height() + " of " + verified.time()
                + ", entry " + verified.index() + "\nlog "
                + verified.checkpoint().origin() + " at size "
                + verified.checkpoint().size();
    }

    private static JsonObject document(ReceiptCheck.Verified verified) {
        Json.Builder json = JsonObject.builder()
                .put("verified", true)
                .put("id", verified.transaction().base64Url())
                .put("outcome", verified.rejection().isEmpty() ? "accepted" : "rejected")
                .put("height", verified.height())
                .put("index", verified.index())
                .put("time", verified.time().toString())
                .put("origin", verified.checkpoint().origin())
                .put("size", verified.checkpoint().size());
        verified.rejection().ifPresent(code -> json.put("code", code.value()));
        return json.build();
    }

    private static String outcome(ReceiptCheck.Verified verified) {
        return verified.rejection()
                .map(RejectionCode::value)
                .map(code -> "the network rejected it, " + code)
                .orElse("the network accepted it");
    }
}
