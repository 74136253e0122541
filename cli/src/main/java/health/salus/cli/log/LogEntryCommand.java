package health.salus.cli.log;

import health.salus.cli.console.JsonText;
import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import health.salus.tlog.LogReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus log entry} */
@Command(
        name = "entry",
        description = "Show one entry of a log, verified against the checkpoint.",
        footer = "salus log entry 17 --log http://127.0.0.1:8480/ledger --log-key ledger.vkey")
final class LogEntryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INDEX", description = "Position of the entry, from 0.")
    private long index;

    @Mixin
    private final LogOptions options = new LogOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        LogReader log = options.open();
        LogOptions.requireIndex(index, log);
        JsonObject entry = EntryDescription.of(index, log.entry(index));
        output.show(entry, JsonText.of(entry));
        return 0;
    }
}
