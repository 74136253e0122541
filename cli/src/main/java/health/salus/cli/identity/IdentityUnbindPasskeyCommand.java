package health.salus.cli.identity;

import health.salus.cli.console.Output;
import health.salus.cli.option.DigestConverter;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.AccessAction;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus identity unbind-passkey} */
@Command(
        name = "unbind-passkey",
        description =
                "End a passkey of a certificate's holder for ever: one's own, or as an admin of the organization.",
        footer =
                "salus identity unbind-passkey --passkey ID --keystore clinic/alice.p12 --password-file clinic/password")
final class IdentityUnbindPasskeyCommand implements Callable<Integer> {
    @Option(
            names = "--passkey",
            required = true,
            paramLabel = "ID",
            converter = DigestConverter.class,
            description = "Id of the passkey, as 'bind-passkey' and the page of passkeys show it.")
    private @Nullable Sha256 passkey;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Sha256 kid = Objects.requireNonNull(passkey); // picocli demands it
        return signing.transaction()
                .send(
                        output,
                        new AccessAction.UnbindPasskey(kid),
                        signing.key().credential(),
                        "passkey " + kid.base64Url() + " signs no more",
                        JsonObject.builder().put("passkey", kid.base64Url()).build());
    }
}
