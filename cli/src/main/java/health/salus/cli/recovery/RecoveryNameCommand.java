package health.salus.cli.recovery;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.PublicKeyConverter;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.AccessAction.NameGuardians;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.P256PublicKey;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus recovery name} */
@Command(
        name = "name",
        description =
                "Name the guardians of whom so many can together replace your key, instead of those before, as the "
                        + "patient.",
        footer =
                "salus recovery name --guardian KEY --guardian KEY --guardian KEY --threshold 2 --keystore patient.p12 "
                        + "--password-file password")
final class RecoveryNameCommand implements Callable<Integer> {
    @Option(
            names = "--guardian",
            required = true,
            converter = PublicKeyConverter.class,
            paramLabel = "KEY",
            description =
                    "Public key of a guardian, made with 'salus patient key' for this patient alone; repeat it for "
                            + "each, " + Recovery.MOST_GUARDIANS + " at most.")
    private List<P256PublicKey> guardians = List.of();

    @Option(names = "--threshold", required = true, paramLabel = "COUNT", description = "How many of them it takes.")
    private int threshold;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        if (guardians.size() > Recovery.MOST_GUARDIANS || threshold < 1 || threshold > guardians.size()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    threshold + " of " + guardians.size() + " guardians (expected: 1 to " + Recovery.MOST_GUARDIANS
                            + " guardians, and a threshold from 1 to their number)");
        }
        return signing.transaction()
                .send(
                        output,
                        new NameGuardians(guardians.stream().map(NewKey::plain).toList(), threshold),
                        signing.key().signer(),
                        "named: " + threshold + " of " + guardians.size() + " guardians can replace your key",
                        JsonObject.builder().build());
    }
}
