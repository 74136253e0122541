package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.identity.NewOrganization.NodeAddress;
import health.salus.cli.option.PasswordOptions;
import health.salus.contracts.network.Candidate;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.identity.KeyStoreFile;
import health.salus.ledger.block.Genesis;
import health.salus.node.organization.LogKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus network join} */
@Command(
        name = "join",
        description =
                "Write the node configuration of an organization that 'salus org create' made, for a network: to begin"
                        + " it with others, or to join it.",
        footer = "salus network join invitation.json --dir laboratory --password-file password")
final class NetworkJoinCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description = "An invitation ('salus network invite'), or the genesis if the network begins with this"
                    + " organization.")
    private @Nullable Path file;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Directory with the organization's files.")
    private @Nullable Path dir;

    @Option(
            names = "--fhir",
            paramLabel = "KIND",
            defaultValue = "none",
            description = "Its FHIR server: none or embedded. Default: ${DEFAULT-VALUE}.")
    private String fhir = "none";

    @Mixin
    private final PasswordOptions password = new PasswordOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path target = Objects.requireNonNull(dir); // picocli demands all three
        Candidate own = OrganizationDescription.read(target.resolve("organization.json"));
        NodeAddress address = own.node()
                .map(node -> new NodeAddress(node.address(), node.raft()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        own.organization() + " has no node of its own (expected: made by 'salus org create --node URL"
                                + " --raft HOST:PORT')"));
        Invitation invitation = invitation(Objects.requireNonNull(file));
        Files.write(
                target.resolve("genesis.json"), invitation.genesis().content().canonical());
        KeyStoreFile keys = KeyStoreFile.open(NewOrganization.nodeKeyStore(target), password.password());
        String logKey = LogKeys.ledgerLog(keys, invitation.genesis()).verifier().vkey();
        Files.writeString(target.resolve("ledger.vkey"), logKey + "\n");
        Path configuration = new NodeConfiguration(
                        own.organization(),
                        password.source(),
                        Optional.of(address),
                        invitation.nodes(),
                        NodeConfiguration.checkedFhir(fhir))
                .write(target);
        output.show(
                JsonObject.builder()
                        .put("network", invitation.genesis().network())
                        .put("configuration", configuration.toString())
                        .put("key", logKey)
                        .build(),
                "network " + invitation.genesis().network() + "\nCompare this id with the other members, then run"
                        + " 'salus node --config " + configuration + "'.\nlog key " + logKey);
        return ExitCode.OK.number();
    }

    private static Invitation invitation(Path file) throws IOException {
        try {
            return Invitation.read(file);
        } catch (CommandException noInvitation) {
            try {
                return new Invitation(Genesis.of(JsonReader.object(Files.readAllBytes(file))), List.of());
            } catch (RuntimeException noGenesis) {
                throw noInvitation;
            }
        }
    }
}
