package health.salus.cli.log;

import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import health.salus.tlog.LogReader;
import health.salus.tlog.proof.TlogProof;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus log proof} */
@Command(
        name = "proof",
        description = "Print the proof that an entry is in a log, as c2sp.org/tlog-proof writes it.",
        footer = "salus log proof 17 --log http://127.0.0.1:8480/ledger --log-key ledger.vkey > entry-17.proof")
final class LogProofCommand implements Callable<Integer> {
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
        String proof = TlogProof.of(log.inclusionProof(index, log.head().size()), log.checkpoint())
                .encode();
        output.show(JsonObject.builder().put("index", index).put("proof", proof).build(), proof);
        return 0;
    }
}
