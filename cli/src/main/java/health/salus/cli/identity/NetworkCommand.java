package health.salus.cli.identity;

import picocli.CommandLine.Command;

/** {@code salus network} */
@Command(
        name = "network",
        description = "Begin a network.",
        subcommands = NetworkInitCommand.class,
        footer = "salus network init --name clinics --organization hospital --gateway "
                + "https://hospital.example/hospital/fhir --dir hospital --password-file password")
public final class NetworkCommand {}
