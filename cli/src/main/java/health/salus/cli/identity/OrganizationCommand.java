package health.salus.cli.identity;

import picocli.CommandLine.Command;

/** {@code salus org} */
@Command(
        name = "org",
        description = "Make an organization and take it into a network.",
        subcommands = {OrganizationCreateCommand.class, OrganizationAdmitCommand.class},
        footer = "salus org create clinic --gateway https://clinic.example/clinic/fhir --dir clinic")
public final class OrganizationCommand {}
