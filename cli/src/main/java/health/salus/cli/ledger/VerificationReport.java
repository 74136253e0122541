package health.salus.cli.ledger;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.verify.FinalityCheck;
import health.salus.ledger.verify.Verification;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells what verifying a ledger found. */
final class VerificationReport {
    private VerificationReport() {}

    /** Shows it, in words or as JSON, and says how the command ends. */
    static ExitCode show(Output output, Verification verification) {
        return show(output, verification, Optional.empty());
    }

    /** The same, with how far witnesses vouch for it. */
    static ExitCode show(Output output, Verification verification, FinalityCheck.Final witnessed) {
        return show(output, verification, Optional.of(witnessed));
    }

    /** Tells that nobody who is trusted vouches for the ledger. */
    static ExitCode showNotFinal(Output output, String reason) {
        output.show(
                JsonObject.builder()
                        .put("verified", false)
                        .put("reason", reason)
                        .build(),
                output.bad("not final: ") + reason);
        return ExitCode.REFUSED;
    }

    private static ExitCode show(Output output, Verification verification, Optional<FinalityCheck.Final> witnessed) {
        return switch (verification) {
            case Verification.Clean clean -> {
                Json.Builder document = JsonObject.builder()
                        .put("clean", true)
                        .put("network", clean.network())
                        .put("entries", clean.entries())
                        .put("root", clean.root().base64Url())
                        .put("height", clean.height())
                        .put("transactions", clean.transactions());
                witnessed.ifPresent(
                        found -> document.put("final", found.height()).put("cosigned", cosigned(found)));
                output.show(
                        document.build(),
                        output.good("clean") + ": network " + clean.network() + ", " + clean.transactions()
                                + " transactions in " + clean.height() + " blocks, " + clean.entries()
                                + " entries\nroot " + clean.root().base64Url()
                                + witnessed.map(found -> text(found, clean)).orElse(""));
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

    private static String text(FinalityCheck.Final found, Verification.Clean clean) {
        String text = "\nfinal up to block " + found.height()
                + (found.witnesses().isEmpty()
                        ? ", by the log's word: the policy asks for no witness"
                        : ", cosigned by " + found.witnesses().stream().sorted().collect(Collectors.joining(", ")));
        return found.height() == clean.height()
                ? text
                : text + "\nblocks " + (found.height() + 1) + " to " + clean.height() + " are in this copy alone";
    }

    private static JsonArray cosigned(FinalityCheck.Final found) {
        return new JsonArray(
                found.witnesses().stream().sorted().<Json>map(JsonString::new).toList());
    }

    private static JsonObject finding(Verification.Finding finding) {
        return JsonObject.builder()
                .put("part", finding.part())
                .put("what", finding.what())
                .build();
    }
}
