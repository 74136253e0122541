package health.salus.cli.exchange;

import health.salus.cli.access.TermsFile;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.HandleConverter;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Handle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus terms deposit} */
@Command(
        name = "deposit",
        description = "Hand the terms of a request to the custodian, so that the patient can read them; again is safe.",
        footer = "salus terms deposit --grant HANDLE --terms terms.json --gateway "
                + "https://hospital.example/hospital/fhir --keystore clinic/alice.p12 --password-file clinic/password")
final class TermsDepositCommand implements Callable<Integer> {
    @Option(
            names = "--grant",
            required = true,
            converter = HandleConverter.class,
            paramLabel = "HANDLE",
            description = "Id of the grant, as 'salus request' prints it.")
    private @Nullable Handle grant;

    @Option(names = "--terms", required = true, paramLabel = "FILE", description = "The terms.")
    private @Nullable Path file;

    @Mixin
    private final GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Handle id = Objects.requireNonNull(grant); // picocli demands both
        TermsFile.deposit(id, TermsFile.read(Objects.requireNonNull(file)), gateway.client());
        output.show(JsonObject.builder().put("grant", id.value()).build(), "deposited the terms of grant " + id);
        return ExitCode.OK.number();
    }
}
