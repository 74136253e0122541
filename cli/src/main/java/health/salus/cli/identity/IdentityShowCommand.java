package health.salus.cli.identity;

import health.salus.cli.console.Output;
import health.salus.cli.option.SignerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus identity show} */
@Command(
        name = "show",
        description = "Show one key of a key store with its certificates, in PEM.",
        footer = "salus identity show --keystore clinic/alice.p12 --password-file clinic/password")
final class IdentityShowCommand implements Runnable {
    @Mixin
    private final SignerOptions signer = new SignerOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        KeyDescription key = KeyDescription.of(signer.entry());
        output.show(key.json(), key.text());
    }
}
