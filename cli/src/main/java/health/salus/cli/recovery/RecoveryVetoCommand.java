package health.salus.cli.recovery;

import health.salus.contracts.access.AccessAction;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import picocli.CommandLine.Command;

/** {@code salus recovery veto} */
@Command(
        name = "veto",
        description = "End the proposal of a new key, as the patient whose key is not lost.",
        footer = "salus recovery veto --patient HANDLE --kid KID --keystore patient.p12 --password-file password")
final class RecoveryVetoCommand extends RotationCommand {
    @Override
    AccessAction action(Handle patient, Sha256 kid) {
        return new AccessAction.VetoRotation(patient, kid);
    }

    @Override
    String done() {
        return "vetoed";
    }
}
