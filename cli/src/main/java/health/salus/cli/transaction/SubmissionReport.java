package health.salus.cli.transaction;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission;
import health.salus.ledger.Submission.Committed;
import health.salus.ledger.Submission.Refused;
import health.salus.ledger.Submission.Unknown;
import health.salus.ledger.contract.RejectionCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;

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
        return exitCode(submission);
    }

    /** Shows what became of many, and says how the command ends: with what is left to do, if anything is. */
    static ExitCode show(Output output, List<SubmissionReport> reports, List<Submission> submissions) {
        List<Json> documents = new ArrayList<>();
        StringJoiner text = new StringJoiner("\n");
        for (int i = 0; i < submissions.size(); i++) {
            documents.add(reports.get(i).document(submissions.get(i)));
            text.add(reports.get(i).text(output, submissions.get(i)));
        }
        output.show(
                JsonObject.builder()
                        .put("transactions", new JsonArray(documents))
                        .build(),
                text.toString());
        List<ExitCode> codes =
                submissions.stream().map(SubmissionReport::exitCode).distinct().toList();
        return Stream.of(ExitCode.UNAVAILABLE, ExitCode.REFUSED)
                .filter(codes::contains)
                .findFirst()
                .orElse(ExitCode.OK);
    }

    private static ExitCode exitCode(Submission submission) {
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
