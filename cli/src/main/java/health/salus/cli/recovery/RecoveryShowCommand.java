package health.salus.cli.recovery;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.log.StateOptions;
import health.salus.cli.option.PatientOption;
import health.salus.contracts.access.Access;
import health.salus.contracts.access.Recovery;
import health.salus.contracts.access.Recovery.Rotation;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus recovery show} */
@Command(
        name = "show",
        description = "Show how many guardians a patient has named, and what they have proposed.",
        footer = "salus recovery show --patient HANDLE --log-key ledger.vkey")
final class RecoveryShowCommand implements Callable<Integer> {
    @Mixin
    private final PatientOption patient = new PatientOption();

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Recovery recovery = state.read(output, view -> new Access(view).recovery(patient.handle()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.REFUSED, "this patient has named no guardians ('salus recovery name' does)"));
        Optional<Rotation> open = recovery.openRotation(Instant.now());
        output.show(document(recovery, open), text(recovery, open));
        return ExitCode.OK.number();
    }

    private static String text(Recovery recovery, Optional<Rotation> open) {
        String guardians =
                recovery.threshold() + " of " + recovery.guardians().size() + " guardians can replace the key\n";
        return guardians
                + open.map(rotation -> "proposed: key " + kid(rotation) + ", supported by "
                                + rotation.by().size()
                                + rotation.due()
                                        .map(due -> ", replaces the others from " + due)
                                        .orElse(""))
                        .orElse("nothing is proposed");
    }

    private static JsonObject document(Recovery recovery, Optional<Rotation> open) {
        Json.Builder json = JsonObject.builder()
                .put("guardians", recovery.guardians().size())
                .put("threshold", recovery.threshold());
        open.ifPresent(rotation -> {
            Json.Builder proposed = JsonObject.builder()
                    .put("kid", kid(rotation))
                    .put("support", rotation.by().size());
            rotation.due().ifPresent(due -> proposed.put("due", due.toString()));
            json.put("rotation", proposed.build());
        });
        return json.build();
    }

    private static String kid(Rotation rotation) {
        return rotation.key().key().thumbprint().base64Url();
    }
}
