package health.salus.cli.access;

import health.salus.cli.console.Output;
import health.salus.cli.option.HandleConverter;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.AccessAction;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Handle;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command by which somebody changes what becomes of one grant. */
abstract class GrantDecisionCommand implements Callable<Integer> {
    @Option(
            names = "--grant",
            required = true,
            converter = HandleConverter.class,
            paramLabel = "HANDLE",
            description = "Id of the grant, as 'salus request' prints it.")
    private @Nullable Handle grant;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    /** What is to be done to the grant. */
    abstract AccessAction action(Handle grant) throws IOException;

    /** The same in the past tense: {@code "approved"}. */
    abstract String done();

    @Override
    public Integer call() throws IOException {
        Handle id = Objects.requireNonNull(grant); // picocli demands it
        return signing.transaction()
                .send(
                        output,
                        action(id),
                        signing.key().signer(),
                        done() + " grant " + id,
                        JsonObject.builder().put("grant", id.value()).build());
    }

    /** Where notes go. */
    Output output() {
        return output;
    }
}
