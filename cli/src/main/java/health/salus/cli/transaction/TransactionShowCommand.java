package health.salus.cli.transaction;

import health.salus.cli.client.NodeClient;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.DigestConverter;
import health.salus.cli.option.NodeOptions;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission.Committed;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus tx show} */
@Command(
        name = "show",
        description = "Show what became of a transaction, as a node says; 'salus receipt fetch' gets the proof.",
        footer = "salus tx show ID")
final class TransactionShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", converter = DigestConverter.class, description = "Id of the transaction.")
    private @Nullable Sha256 id;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Sha256 wanted = Objects.requireNonNull(id); // picocli demands it
        NodeClient client = node.client();
        Optional<Committed> found = client.transaction(wanted);
        SubmissionReport report =
                new SubmissionReport(wanted, "accepted", JsonObject.builder().build());
        if (found.isPresent()) {
            return report.show(output, found.get()).number();
        }
        output.show(
                JsonObject.builder()
                        .put("id", wanted.base64Url())
                        .put("outcome", "absent")
                        .build(),
                "not on the ledger (it may get there until it expires)");
        return ExitCode.REFUSED.number();
    }
}
