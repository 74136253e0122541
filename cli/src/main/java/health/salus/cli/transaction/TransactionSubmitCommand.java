package health.salus.cli.transaction;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.NodeOptions;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus tx submit} */
@Command(
        name = "submit",
        description = "Submit signed transactions that were printed with --print; again is safe.",
        footer = "salus tx submit enrollment.jws")
final class TransactionSubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "File with a compact JWS on each line.")
    private @Nullable Path file;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        List<Transaction> transactions = read(Objects.requireNonNull(file)); // picocli demands it
        List<SubmissionReport> reports = transactions.stream()
                .map(transaction -> new SubmissionReport(
                        transaction.id(), "accepted", JsonObject.builder().build()))
                .toList();
        ExitCode end = transactions.size() == 1
                ? reports.getFirst().show(output, node.client().submit(transactions.getFirst()))
                : SubmissionReport.show(output, reports, node.client().submit(transactions));
        return end.number();
    }

    private static List<Transaction> read(Path file) throws IOException {
        List<String> lines = Files.readString(file, StandardCharsets.ISO_8859_1)
                .strip()
                .lines()
                .toList();
        if (lines.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, file + " has no transactions");
        }
        try {
            return lines.stream()
                    .map(line -> Transaction.parse(line.getBytes(StandardCharsets.ISO_8859_1)))
                    .toList();
        } catch (TransactionException e) {
            throw new CommandException(ExitCode.USAGE, file + " is no file of transactions: " + e.getMessage(), e);
        }
    }
}
