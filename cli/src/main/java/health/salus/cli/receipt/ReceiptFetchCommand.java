package health.salus.cli.receipt;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.DigestConverter;
import health.salus.cli.option.NodeOptions;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus receipt fetch} */
@Command(
        name = "fetch",
        description = "Print the receipt of a transaction, for a file to keep.",
        footer = "salus receipt fetch ID > grant.receipt")
final class ReceiptFetchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", converter = DigestConverter.class, description = "Id of the transaction.")
    private @Nullable Sha256 id;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Sha256 wanted = Objects.requireNonNull(id); // picocli demands it
        String receipt = node.client()
                .receipt(wanted)
                .orElseThrow(() -> new CommandException(
                        ExitCode.REFUSED, "transaction " + wanted.base64Url() + " is not on the ledger"));
        output.show(
                JsonObject.builder()
                        .put("id", wanted.base64Url())
                        .put("receipt", receipt)
                        .build(),
                receipt);
        return ExitCode.OK.number();
    }
}
