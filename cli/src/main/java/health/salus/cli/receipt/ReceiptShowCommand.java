package health.salus.cli.receipt;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.JsonText;
import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus receipt show} */
@Command(
        name = "show",
        description = "Show what a receipt claims, without checking it.",
        footer = "salus receipt show grant.receipt")
final class ReceiptShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The receipt.")
    private @Nullable Path file;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path path = Objects.requireNonNull(file); // picocli demands it
        Receipt receipt = parse(path);
        JsonObject claim = JsonObject.builder()
                .put("id", receipt.transaction().id().base64Url())
                .put("signer", receipt.transaction().signer().base64Url())
                .put("body", receipt.transaction().body().toJson())
                .put("block", receipt.block().toJson())
                .put("index", receipt.transactionProof().inclusion().index())
                .put("checkpoint", receipt.transactionProof().checkpoint().encode())
                .build();
        output.show(claim, JsonText.of(claim));
        return ExitCode.OK.number();
    }

    private static Receipt parse(Path file) throws IOException {
        try {
            return Receipt.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, file + ": " + e.getMessage(), e);
        }
    }
}
