package health.salus.cli.recovery;

import health.salus.cli.console.Output;
import health.salus.cli.option.PatientOption;
import health.salus.cli.option.PublicKeyConverter;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.AccessAction.ProposeRotation;
import health.salus.contracts.access.NewKey;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.P256PublicKey;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus recovery propose} */
@Command(
        name = "propose",
        description = "Propose a new key instead of all that a patient has, as a guardian.",
        footer =
                "salus recovery propose --patient HANDLE --new-key KEY --keystore guardian.p12 --password-file password")
final class RecoveryProposeCommand implements Callable<Integer> {
    @Mixin
    private final PatientOption patient = new PatientOption();

    @Option(
            names = "--new-key",
            required = true,
            converter = PublicKeyConverter.class,
            paramLabel = "KEY",
            description = "The patient's new public key, as 'salus patient key' prints it.")
    private @Nullable P256PublicKey key;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        P256PublicKey proposed = Objects.requireNonNull(key); // picocli demands it
        String kid = proposed.thumbprint().base64Url();
        return signing.transaction()
                .send(
                        output,
                        new ProposeRotation(patient.handle(), NewKey.plain(proposed)),
                        signing.key().signer(),
                        "proposed: key " + kid,
                        JsonObject.builder().put("kid", kid).build());
    }
}
