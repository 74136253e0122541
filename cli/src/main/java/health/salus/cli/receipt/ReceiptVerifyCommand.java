package health.salus.cli.receipt;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.log.TrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus receipt verify} */
@Command(
        name = "verify",
        description = "Verify a receipt offline: the transaction is on the ledger, with this outcome.",
        footer = "salus receipt verify grant.receipt --log-key ledger.vkey")
final class ReceiptVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The receipt.")
    private @Nullable Path file;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        ExitCode exitCode = ReceiptReport.show(
                output, ReceiptReport.check(Objects.requireNonNull(file), trust.policy())); // picocli demands it
        return exitCode.number();
    }
}
