package health.salus.cli.identity;

import health.salus.cli.governance.EvidenceCommand;
import health.salus.cli.governance.MembersCommand;
import health.salus.cli.governance.PolicyCommand;
import health.salus.cli.governance.ProposalsCommand;
import health.salus.cli.governance.ProposeCommand;
import health.salus.cli.governance.RetireNodeCommand;
import health.salus.cli.governance.StatusCommand;
import health.salus.cli.governance.UpdateNodeCommand;
import health.salus.cli.governance.VoteCommand;
import health.salus.cli.governance.WithdrawProposalCommand;
import picocli.CommandLine.Command;

/** {@code salus network} */
@Command(
        name = "network",
        description = "Begin a network, see who belongs to it, and decide on that.",
        subcommands = {
            NetworkInitCommand.class,
            NetworkInviteCommand.class,
            NetworkJoinCommand.class,
            StatusCommand.class,
            PolicyCommand.class,
            EvidenceCommand.class,
            MembersCommand.class,
            ProposeCommand.class,
            ProposalsCommand.class,
            VoteCommand.class,
            WithdrawProposalCommand.class,
            UpdateNodeCommand.class,
            RetireNodeCommand.class
        },
        footer = "salus network init --name clinics --organization hospital --gateway "
                + "https://hospital.example/hospital/fhir --dir hospital --password-file password")
public final class NetworkCommand {}
