package health.salus.cli.recovery;

import health.salus.contracts.access.AccessAction;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import picocli.CommandLine.Command;

/** {@code salus recovery support} */
@Command(
        name = "support",
        description = "Support the key that another guardian has proposed, as a guardian.",
        footer = "salus recovery support --patient HANDLE --kid KID --keystore guardian.p12 --password-file password")
final class RecoverySupportCommand extends RotationCommand {
    @Override
    AccessAction action(Handle patient, Sha256 kid) {
        return new AccessAction.SupportRotation(patient, kid);
    }

    @Override
    String done() {
        return "supported";
    }
}
