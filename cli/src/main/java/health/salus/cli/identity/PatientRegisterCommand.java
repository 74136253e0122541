package health.salus.cli.identity;

import health.salus.cli.console.Output;
import health.salus.cli.option.HandleConverter;
import health.salus.cli.option.SignerOptions;
import health.salus.cli.transaction.TransactionOptions;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.rule.Handle;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.P256PublicKey;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code salus patient register} */
@Command(
        name = "register",
        description = "Register a patient's handle and key at the custodian that signs.",
        footer = "salus patient register --patient HANDLE --public-key KEY --keystore hospital/registrar.p12 "
                + "--password-file hospital/password")
final class PatientRegisterCommand implements Callable<Integer> {
    @Option(
            names = "--patient",
            required = true,
            converter = HandleConverter.class,
            paramLabel = "HANDLE",
            description = "Handle that the patient made.")
    private @Nullable Handle patient;

    @Option(
            names = "--public-key",
            required = true,
            converter = PublicKeyConverter.class,
            paramLabel = "KEY",
            description = "Public key that the patient made: x and y in base64url.")
    private @Nullable P256PublicKey publicKey;

    @Mixin
    private final SignerOptions signer = new SignerOptions();

    @Mixin
    private final TransactionOptions transaction = new TransactionOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Handle handle = Objects.requireNonNull(patient); // picocli demands both
        RegisterPatient register = new RegisterPatient(handle, Objects.requireNonNull(publicKey));
        return transaction.send(
                output,
                register,
                signer.credential(),
                "registered patient " + handle,
                JsonObject.builder().put("patient", handle.value()).build());
    }

    static final class PublicKeyConverter implements ITypeConverter<P256PublicKey> {
        @Override
        public P256PublicKey convert(String text) {
            try {
                return P256PublicKey.ofBase64Url(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("expected a P-256 public key as 'salus patient key' prints it");
            }
        }
    }
}
