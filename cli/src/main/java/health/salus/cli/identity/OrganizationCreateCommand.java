package health.salus.cli.identity;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.PasswordOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus org create} */
@Command(
        name = "create",
        description = "Make an organization's CAs and keys, in a new directory.",
        footer = "salus org create clinic --gateway https://clinic.example/clinic/fhir --node https://clinic.example "
                + "--raft clinic.example:9870 --dir clinic --password-file password")
final class OrganizationCreateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the organization: 2 to 32 of a-z 0-9 -, a letter first.")
    private @Nullable String id;

    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "URL",
            description = "Base URL of the organization's FHIR gateway, without a slash at the end.")
    private @Nullable String gateway;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "New directory for the files.")
    private @Nullable Path dir;

    @Mixin
    private final OwnNodeOptions node = new OwnNodeOptions();

    @Mixin
    private final PasswordOptions password = new PasswordOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path target = Objects.requireNonNull(dir); // picocli demands all three
        NewOrganization organization =
                NewOrganization.make(Objects.requireNonNull(id), Objects.requireNonNull(gateway), node.address());
        organization.write(target, password.password());
        output.show(
                organization.description().json(),
                "organization " + id + " in " + dir + "\nKeep root-ca.p12 offline. Give organization.json to an "
                        + "admin of the network, who proposes it with 'salus org admit'; then enroll your members.");
        return ExitCode.OK.number();
    }
}
