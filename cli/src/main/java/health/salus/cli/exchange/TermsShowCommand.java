package health.salus.cli.exchange;

import health.salus.cli.access.TermsFile;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus terms show} */
@Command(
        name = "show",
        description = "Show the terms in a file, and their commitment, which the ledger holds.",
        footer = "salus terms show terms.json")
final class TermsShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The terms.")
    private @Nullable Path file;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Terms terms = TermsFile.read(Objects.requireNonNull(file)); // picocli demands it
        String commitment = terms.commitment().digest().base64Url();
        output.show(
                JsonObject.builder()
                        .put("commitment", commitment)
                        .put("terms", JsonReader.object(terms.canonical()))
                        .build(),
                "commitment: " + commitment + "\n" + TermsFile.describe(terms));
        return ExitCode.OK.number();
    }
}
