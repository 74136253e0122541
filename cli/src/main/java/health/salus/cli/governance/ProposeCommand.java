package health.salus.cli.governance;

import picocli.CommandLine.Command;

/** {@code salus network propose} */
@Command(
        name = "propose",
        description = "Put a change of the network to the vote, as an admin of a voter.",
        subcommands = {
            ProposeAdmitCommand.class,
            ProposeRemoveCommand.class,
            ProposeSuspendCommand.class,
            ProposeRestoreCommand.class,
            ProposeReplaceKeysCommand.class,
            ProposeQuorumCommand.class,
            ProposeActivateCommand.class
        },
        footer = "salus network propose suspend clinic --keystore hospital/admin.p12 --password-file hospital/password")
public final class ProposeCommand {}
