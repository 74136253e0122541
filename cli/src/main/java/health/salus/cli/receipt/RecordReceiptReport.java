package health.salus.cli.receipt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhir.receipt.RecordReceiptCheck;
import health.salus.foundation.Json.JsonObject;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells what checking the receipt of a FHIR resource found. */
final class RecordReceiptReport {
    private RecordReceiptReport() {}

    /** Whether a file is such a receipt, by its first line. */
    static boolean isOne(String file) {
        return file.startsWith(RecordReceipt.VERSION + "\n");
    }

    /**
     * Checks one.
     *
     * @param record file with the resource to compare it with, if there is one
     * @param bases under which the resource's server is known
     */
    static RecordReceiptCheck check(String file, TrustPolicy policy, Optional<Path> record, List<String> bases)
            throws IOException {
        RecordReceipt receipt;
        try {
            receipt = RecordReceipt.parse(file);
        } catch (IllegalArgumentException e) {
            return new RecordReceiptCheck.Refused(String.valueOf(e.getMessage()));
        }
        return record.isEmpty()
                ? receipt.check(policy)
                : receipt.check(policy, resource(record.get()), new OwnBases(bases));
    }

    private static ObjectNode resource(Path file) throws IOException {
        try {
            return FhirJson.resource(Files.readAllBytes(file));
        } catch (FhirJsonException e) {
            throw new CommandException(ExitCode.USAGE, file + " holds no FHIR resource in JSON", e);
        }
    }

    /** Shows it, in words or as JSON, and says how the command ends. */
    static ExitCode show(Output output, RecordReceiptCheck check) {
        return switch (check) {
            case RecordReceiptCheck.Verified verified -> {
                output.show(
                        JsonObject.builder()
                                .put("verified", true)
                                .put("record", verified.version().toString())
                                .put("entry", verified.entry())
                                .put("signer", verified.signer().base64Url())
                                .put("network", verified.network())
                                .put("height", verified.height())
                                .put("time", verified.time().toString())
                                .build(),
                        output.good("verified") + ": " + verified.version() + " was committed to by " + verified.time()
                                + "\nentry " + verified.entry() + " of the record log, anchored in block "
                                + verified.height() + " of " + verified.network());
                yield ExitCode.OK;
            }
            case RecordReceiptCheck.Refused(String reason) -> {
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
}
