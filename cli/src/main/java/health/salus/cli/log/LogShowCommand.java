package health.salus.cli.log;

import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import health.salus.tlog.LogReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus log show} */
@Command(
        name = "show",
        description = "Show a log's origin, size and root.",
        footer = "salus log show --log http://127.0.0.1:8480/ledger --log-key ledger.vkey")
final class LogShowCommand implements Callable<Integer> {
    @Mixin
    private final LogOptions options = new LogOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        LogReader log = options.open();
        String root = log.head().root().base64Url();
        output.show(
                JsonObject.builder()
                        .put("origin", log.origin())
                        .put("size", log.head().size())
                        .put("root", root)
                        .build(),
                "origin: " + log.origin() + "\nsize: " + log.head().size() + "\nroot: " + root);
        return 0;
    }
}
