package health.salus.cli.log;

import picocli.CommandLine.Command;

/** {@code salus log} */
@Command(
        name = "log",
        description = "Look into a log; everything shown is verified against its signed checkpoint.",
        subcommands = {
            LogShowCommand.class,
            LogCheckpointCommand.class,
            LogEntryCommand.class,
            LogProofCommand.class,
        },
        footer = "salus log show --log http://127.0.0.1:8480/ledger --log-key ledger.vkey")
public final class LogCommand {}
