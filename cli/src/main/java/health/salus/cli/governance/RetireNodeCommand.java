package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.network.NetworkAction.RetireNode;
import health.salus.foundation.Json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus network retire-node} */
@Command(
        name = "retire-node",
        description = "Take your organization's node out of the network, as its admin; it stays a member.",
        footer = "salus network retire-node --keystore clinic/admin.p12 --password-file clinic/password")
public final class RetireNodeCommand implements Callable<Integer> {
    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        return signing.transaction()
                .send(
                        output,
                        new RetireNode(),
                        signing.key().credential(),
                        "the other nodes order and cosign without yours from the next block on; you can stop it",
                        JsonObject.builder().build());
    }
}
