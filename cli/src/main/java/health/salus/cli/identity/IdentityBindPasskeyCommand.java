package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.PublicKeyConverter;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.AccessAction;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Credential;
import health.salus.identity.P256PublicKey;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus identity bind-passkey} */
@Command(
        name = "bind-passkey",
        description =
                "Let a passkey sign as one's certificate does, on the pages of one's node. Without --passkey: tell "
                        + "where to make one.",
        footer = "salus identity bind-passkey --keystore clinic/alice.p12 --password-file clinic/password")
final class IdentityBindPasskeyCommand implements Callable<Integer> {
    static final class Made {
        @Option(
                names = "--passkey",
                required = true,
                paramLabel = "KEY",
                converter = PublicKeyConverter.class,
                description = "Its key, as the page shows it.")
        private @Nullable P256PublicKey key;

        @Option(
                names = "--origin",
                required = true,
                paramLabel = "ORIGIN",
                description = "The pages that may ask it to sign, as they show it.")
        private @Nullable String origin;
    }

    @ArgGroup(exclusive = false)
    private @Nullable Made made;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Credential credential = signing.key().credential();
        if (made == null || made.key == null || made.origin == null) {
            return showLink(credential);
        }
        String kid = made.key.thumbprint().base64Url();
        return signing.transaction()
                .send(
                        output,
                        new AccessAction.BindPasskey(made.key, made.origin),
                        credential,
                        "passkey " + kid + " signs as your certificate does",
                        JsonObject.builder().put("passkey", kid).build());
    }

    private int showLink(Credential credential) {
        String organization = credential
                .chain()
                .endEntity()
                .organization()
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "the certificate names no organization"));
        String link = signing.transaction().node().pages() + "/" + organization + "/staff/passkey#"
                + credential.kid().base64Url();
        output.show(
                JsonObject.builder().put("link", link).build(),
                "link: " + link + "\nMake a passkey there; the page then tells how to bind it.");
        return ExitCode.OK.number();
    }
}
