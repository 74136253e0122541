package health.salus.cli.recovery;

import health.salus.contracts.access.AccessAction;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import picocli.CommandLine.Command;

/** {@code salus recovery complete} */
@Command(
        name = "complete",
        description =
                "Replace a patient's keys by the proposed one, a week after enough guardians have supported it, as anybody.",
        footer = "salus recovery complete --patient HANDLE --kid KID --keystore guardian.p12 --password-file password")
final class RecoveryCompleteCommand extends RotationCommand {
    @Override
    AccessAction action(Handle patient, Sha256 kid) {
        return new AccessAction.CompleteRotation(patient, kid);
    }

    @Override
    String done() {
        return "replaced";
    }
}
