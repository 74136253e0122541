package health.salus.cli.receipt;

import picocli.CommandLine.Command;

/** {@code salus receipt} */
@Command(
        name = "receipt",
        description = "Get, show and verify receipts.",
        subcommands = {ReceiptFetchCommand.class, ReceiptShowCommand.class, ReceiptVerifyCommand.class},
        footer = "salus receipt verify grant.receipt --log-key ledger.vkey")
public final class ReceiptCommand {}
