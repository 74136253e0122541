package health.salus.cli.transaction;

import picocli.CommandLine.Command;

/** {@code salus tx} */
@Command(
        name = "tx",
        description = "Submit signed transactions and see what became of them.",
        subcommands = {TransactionShowCommand.class, TransactionSubmitCommand.class},
        footer = "salus tx show ID")
public final class TransactionCommand {}
