package health.salus.cli.log;

import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus log checkpoint} */
@Command(
        name = "checkpoint",
        description = "Print a log's checkpoint with its signatures, as c2sp.org/tlog-checkpoint writes it.",
        footer = "salus log checkpoint --log http://127.0.0.1:8480/ledger --log-key ledger.vkey > checkpoint")
final class LogCheckpointCommand implements Callable<Integer> {
    @Mixin
    private final LogOptions options = new LogOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        String checkpoint = options.open().checkpoint().encode();
        output.show(JsonObject.builder().put("checkpoint", checkpoint).build(), checkpoint);
        return 0;
    }
}
