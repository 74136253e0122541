package health.salus.cli.identity;

import health.salus.cli.console.Output;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.network.NetworkAction.AdmitOrganization;
import health.salus.foundation.Json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus org admit} */
@Command(
        name = "admit",
        description = "Take an organization into the network, as an admin of the founder.",
        footer = "salus org admit clinic/organization.json --keystore hospital/admin.p12 --password-file "
                + "hospital/password")
final class OrganizationAdmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "organization.json of the organization, made by 'salus org create'.")
    private @Nullable Path file;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        AdmitOrganization admit = OrganizationDescription.read(Objects.requireNonNull(file)); // picocli demands it
        return signing.transaction()
                .send(
                        output,
                        admit,
                        signing.key().credential(),
                        "admitted " + admit.organization(),
                        JsonObject.builder()
                                .put("organization", admit.organization())
                                .build());
    }
}
