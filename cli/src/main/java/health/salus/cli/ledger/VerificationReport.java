package health.salus.cli.ledger;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.verify.Verification;
import java.util.stream.Collectors;

/** Tells what verifying a ledger found. */
final class VerificationReport {
    private VerificationReport() {}

    /** Shows it, in words or as JSON, and says how the command ends. */
    static ExitCode show(Output output, Verification verification) {
        return switch (verification) {
            case Verification.Clean clean -> {
                output.show(
                        JsonObject.builder()
                                .put("clean", true)
                                .put("network", clean.network())
                                .put("entries", clean.entries())
                                .put("root", clean.root().base64Url())
                                .put("height", clean.height())
                                .put("transactions", clean.transactions())
                                .build(),
                        output.good("clean") + ": network " + clean.network() + ", " + clean.transactions()
                                + " transactions in " + clean.height() + " blocks, " + clean.entries()
                                + " entries\nroot " + clean.root().base64Url());
                yield ExitCode.OK;
            }
            case Verification.Damaged damaged -> {
                output.show(
                        JsonObject.builder()
                                .put("clean", false)
                                .put(
                                        "findings",
                                        new JsonArray(damaged.findings().stream()
                                                .<Json>map(VerificationReport::finding)
                                                .toList()))
                                .build(),
                        damaged.findings().stream()
                                .map(finding -> output.bad("damaged " + finding.part()) + ": " + finding.what())
                                .collect(Collectors.joining("\n")));
                yield ExitCode.DAMAGED;
            }
        };
    }

    private static JsonObject finding(Verification.Finding finding) {
        return JsonObject.builder()
                .put("part", finding.part())
                .put("what", finding.what())
                .build();
    }
}
