package health.salus.cli.access;

import health.salus.cli.console.Output;
import health.salus.cli.option.CodeConverter;
import health.salus.cli.option.MomentConverter;
import health.salus.cli.option.PatientOption;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.EmergencyReason;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Handle;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus break-glass} */
@Command(
        name = "break-glass",
        description = "Open a patient's record in an emergency; the patient is told, and a justification is due.",
        footer = "salus break-glass --patient HANDLE --reason acute-danger --until PT4H --keystore clinic/alice.p12 "
                + "--password-file clinic/password")
public final class BreakGlassCommand implements Callable<Integer> {
    @Mixin
    private final PatientOption patient = new PatientOption();

    @Option(
            names = "--reason",
            required = true,
            converter = Reasons.class,
            completionCandidates = Reasons.class,
            paramLabel = "CODE",
            description = "Why: ${COMPLETION-CANDIDATES}.")
    private @Nullable EmergencyReason reason;

    @Option(
            names = "--until",
            converter = MomentConverter.class,
            defaultValue = "PT4H",
            paramLabel = "MOMENT",
            description = "When the access ends, at most 24 hours ahead. Default: ${DEFAULT-VALUE}.")
    private Instant until = Instant.EPOCH;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Handle emergency = Handle.random();
        BreakGlass action = new BreakGlass(emergency, patient.handle(), Objects.requireNonNull(reason), until);
        return signing.transaction()
                .send(
                        output,
                        action,
                        signing.key().credential(),
                        "emergency access " + emergency + " until " + until + "; justify it with 'salus justify'",
                        JsonObject.builder().put("emergency", emergency.value()).build());
    }

    static final class Reasons extends CodeConverter<EmergencyReason> {
        Reasons() {
            super(EmergencyReason.class);
        }
    }
}
