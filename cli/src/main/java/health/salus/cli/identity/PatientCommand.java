package health.salus.cli.identity;

import picocli.CommandLine.Command;

/** {@code salus patient} */
@Command(
        name = "patient",
        description = "Make patients' keys, and register or invite them at their custodian.",
        subcommands = {PatientInviteCommand.class, PatientKeyCommand.class, PatientRegisterCommand.class},
        footer = "salus patient key --keystore patient.p12 --password-file password")
public final class PatientCommand {}
