package health.salus.cli.option;

import health.salus.identity.Handle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mix-in of commands that are about one patient. */
public final class PatientOption {
    @Option(
            names = "--patient",
            required = true,
            converter = HandleConverter.class,
            paramLabel = "HANDLE",
            description = "Handle of the patient at the custodian.")
    private @Nullable Handle patient;

    /** The patient's handle. */
    public Handle handle() {
        return Objects.requireNonNull(patient); // picocli demands it
    }
}
