package health.salus.cli.recovery;

import picocli.CommandLine.Command;

/** {@code salus recovery} */
@Command(
        name = "recovery",
        description = "Name guardians who can together replace a patient's lost key, and replace it.",
        subcommands = {
            RecoveryNameCommand.class,
            RecoveryShowCommand.class,
            RecoveryProposeCommand.class,
            RecoverySupportCommand.class,
            RecoveryVetoCommand.class,
            RecoveryCompleteCommand.class
        },
        footer = "salus recovery show --patient HANDLE --log-key ledger.vkey")
public final class RecoveryCommand {}
