package health.salus.cli.transaction;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission;
import health.salus.ledger.Submission.Committed;
import health.salus.ledger.Submission.Refused;
import health.salus.ledger.Submission.Unknown;
import health.salus.ledger.contract.RejectionCode;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells what became of a transaction.
 *
 * @param id of the transaction
 * @param done what it means if it was accepted, for people
 * @param details members to add to the JSON document
 */
public record SubmissionReport(Sha256 id, String done, JsonObject details) {
    /** Shows it, in words or as JSON, and says how the command ends. */
    public ExitCode show(Output output, Submission submission) {
        output.show(document(submission), text(output, submission));
        return switch (submission) {
            case Committed committed -> committed.isAccepted() ? ExitCode.OK : ExitCode.REFUSED;
            case Refused refused -> refused.reason().retrySafe() ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
            case Unknown unknown -> ExitCode.UNAVAILABLE;
        };
    }

    private String text(Output output, Submission submission) {
        return switch (submission) {
            case Committed committed ->
                committed
                                .rejection()
                                .map(code -> output.bad("rejected: " + code) + meaning(code))
                                .orElse(done)
                        + "\ntransaction " + id.base64Url() + ", block " + committed.height() + ", entry "
                        + committed.index();
            case Refused refused ->
                output.bad("refused: " + refused.reason().code())
                        + (refused.reason().retrySafe() ? " (try again later)" : "");
            case Unknown unknown ->
                "outcome unknown: the node did not answer in time; ask with 'salus tx show " + id.base64Url() + "'";
        };
    }

    private JsonObject document(Submission submission) {
        SortedMap<String, Json> members = new TreeMap<>(details.members());
        members.putAll(outcome(submission).put("id", id.base64Url()).build().members());
        return new JsonObject(members);
    }

    private static Json.Builder outcome(Submission submission) {
        Json.Builder json = JsonObject.builder();
        return switch (submission) {
            case Committed committed -> {
                committed.rejection().ifPresent(code -> json.put("code", code.value()));
                yield json.put("outcome", committed.isAccepted() ? "accepted" : "rejected")
                        .put("height", committed.height())
                        .put("index", committed.index());
            }
            case Refused refused ->
                json.put("outcome", "refused")
                        .put("code", refused.reason().code())
                        .put("retry", refused.reason().retrySafe());
            case Unknown unknown -> json.put("outcome", "unknown");
        };
    }

    private static String meaning(RejectionCode code) {
        return Arrays.stream(Rejection.values())
                .filter(rejection -> rejection.code().equals(code.value()))
                .map(rejection -> " (" + rejection.meaning() + ")")
                .findFirst()
                .orElse("");
    }
}
