package health.salus.cli.exchange;

import picocli.CommandLine.Command;

/** {@code salus terms} */
@Command(
        name = "terms",
        description = "Read the terms of a grant, and hand them to the custodian.",
        subcommands = {TermsDepositCommand.class, TermsShowCommand.class},
        footer = "salus terms show terms.json")
public final class TermsCommand {}
