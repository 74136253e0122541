package health.salus.cli.identity;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.CodeConverter;
import health.salus.cli.option.PasswordOptions;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.Governance;
import health.salus.foundation.Json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus network init} */
@Command(
        name = "init",
        description = "Make the founder, the genesis and the node configuration of a new network, in a new directory.",
        footer = "salus network init --name clinics --organization hospital --gateway "
                + "https://hospital.example/hospital/fhir --dir hospital --password-file password")
final class NetworkInitCommand implements Callable<Integer> {
    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Name of the network: 1 to 32 of a-z 0-9 -, a letter first.")
    private @Nullable String name;

    @Option(
            names = "--organization",
            required = true,
            paramLabel = "ID",
            description = "Id of the founding organization: 2 to 32 of a-z 0-9 -, a letter first.")
    private @Nullable String organization;

    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "URL",
            description = "Base URL of the founder's FHIR gateway, without a slash at the end.")
    private @Nullable String gateway;

    @Option(
            names = "--member",
            paramLabel = "FILE",
            description = "organization.json of a further organization to begin with, made by 'salus org create'. "
                    + "Repeatable.")
    private List<Path> members = List.of();

    @Option(
            names = "--governance",
            converter = Governances.class,
            completionCandidates = Governances.class,
            defaultValue = "founder",
            paramLabel = "CODE",
            description = "Who decides who is a member: ${COMPLETION-CANDIDATES}. It stays so. Default: "
                    + "${DEFAULT-VALUE}.")
    private Governance governance = Governance.FOUNDER;

    @Option(
            names = "--fhir",
            paramLabel = "KIND",
            defaultValue = "embedded",
            description = "The founder's FHIR server: embedded or none. Default: ${DEFAULT-VALUE}.")
    private String fhir = "embedded";

    @Mixin
    private final OwnNodeOptions node = new OwnNodeOptions();

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "New directory for the files.")
    private @Nullable Path dir;

    @Mixin
    private final PasswordOptions password = new PasswordOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path target = Objects.requireNonNull(dir); // picocli demands it as all that is required
        NewOrganization founder = NewOrganization.make(
                Objects.requireNonNull(organization), Objects.requireNonNull(gateway), node.address());
        List<Candidate> organizations = new ArrayList<>(List.of(founder.description()));
        for (Path member : members) {
            organizations.add(OrganizationDescription.read(member));
        }
        NewNetwork network =
                NewNetwork.make(Objects.requireNonNull(name), governance, organizations, founder.nodeKeys());
        network.write(target, founder.write(target, password.password()));
        new NodeConfiguration(
                        organization, password.source(), node.address(), List.of(), NodeConfiguration.checkedFhir(fhir))
                .write(target);
        output.show(
                JsonObject.builder()
                        .put("network", network.genesis().network())
                        .put("key", network.log().verifier().vkey())
                        .build(),
                "network " + network.genesis().network() + " in " + target + "\nbegin it with 'salus node --config "
                        + target.resolve("salus.yaml") + "', then make its gateway known with 'salus identity announce"
                        + " --keystore " + target.resolve("ca.p12") + " --member "
                        + NewOrganization.nodeKeyStore(target) + "'\nlog key "
                        + network.log().verifier().vkey());
        return ExitCode.OK.number();
    }

    static final class Governances extends CodeConverter<Governance> {
        Governances() {
            super(Governance.class);
        }
    }
}
