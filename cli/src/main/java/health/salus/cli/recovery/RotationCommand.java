package health.salus.cli.recovery;

import health.salus.cli.console.Output;
import health.salus.cli.option.DigestConverter;
import health.salus.cli.option.PatientOption;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.AccessAction;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command by which somebody changes what becomes of a proposed key. */
abstract class RotationCommand implements Callable<Integer> {
    @Mixin
    private final PatientOption patient = new PatientOption();

    @Option(
            names = "--kid",
            required = true,
            converter = DigestConverter.class,
            paramLabel = "KID",
            description = "Id of the proposed key, as 'salus recovery show' prints it.")
    private @Nullable Sha256 kid;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    /** What is to be done. */
    abstract AccessAction action(Handle patient, Sha256 kid);

    /** The same in the past tense: {@code "supported"}. */
    abstract String done();

    @Override
    public Integer call() {
        Sha256 proposed = Objects.requireNonNull(kid); // picocli demands it
        return signing.transaction()
                .send(
                        output,
                        action(patient.handle(), proposed),
                        signing.key().signer(),
                        done() + ": key " + proposed.base64Url(),
                        JsonObject.builder().put("kid", proposed.base64Url()).build());
    }
}
