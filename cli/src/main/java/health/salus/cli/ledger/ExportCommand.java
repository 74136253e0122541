package health.salus.cli.ledger;

import health.salus.cli.console.Output;
import health.salus.cli.console.Progress;
import health.salus.cli.log.LogOptions;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.LogExport;
import health.salus.tlog.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus export} */
@Command(
        name = "export",
        description =
                "Copy a log, of a ledger or of records, into a directory that any web server can serve and any C2SP "
                        + "tool can audit; a ledger's with what 'salus verify --policy' needs.",
        footer = "salus export audit --log http://127.0.0.1:8480/ledger --log-key ledger.vkey")
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "New directory for the copy.")
    private @Nullable Path target;

    @Mixin
    private final LogOptions options = new LogOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        LogReader log = options.open();
        try (Progress progress = output.progress("exporting entries")) {
            Path to = Objects.requireNonNull(target); // picocli demands it
            LogExport.write(log, options.finality(log), to, progress::at);
        }
        output.show(
                JsonObject.builder()
                        .put("origin", log.origin())
                        .put("size", log.head().size())
                        .build(),
                "exported " + log.head().size() + " entries of " + log.origin() + " to " + target);
        return 0;
    }
}
