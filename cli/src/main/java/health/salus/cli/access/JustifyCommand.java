package health.salus.cli.access;

import health.salus.cli.client.GatewayClient;
import health.salus.cli.client.GatewayRefusedException;
import health.salus.cli.client.NodeClient;
import health.salus.cli.client.NodeUnavailableException;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.HandleConverter;
import health.salus.cli.option.NodeOptions;
import health.salus.cli.option.PrivateFile;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.Access;
import health.salus.contracts.access.AccessAction.Justify;
import health.salus.contracts.access.JustificationCommitment;
import health.salus.contracts.network.Members;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Credential;
import health.salus.identity.Handle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus justify} */
@Command(
        name = "justify",
        description = "Justify an emergency access: commit to the text on the ledger, and hand it to the custodian.",
        footer = "salus justify --emergency HANDLE --text reasons.txt --out justification.json --keystore "
                + "clinic/alice.p12 --password-file clinic/password")
public final class JustifyCommand implements Callable<Integer> {
    @Option(
            names = "--emergency",
            required = true,
            converter = HandleConverter.class,
            paramLabel = "HANDLE",
            description = "Id of the emergency access, as 'salus break-glass' prints it.")
    private @Nullable Handle emergency;

    @Option(
            names = "--text",
            required = true,
            paramLabel = "FILE",
            description = "File with the justification, in UTF-8. It does not go on the ledger.")
    private @Nullable Path text;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "New file for text and salt; keep it.")
    private @Nullable Path out;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Handle id = Objects.requireNonNull(emergency); // picocli demands all three
        Credential signer = signing.key().credential();
        String justification = Files.readString(Objects.requireNonNull(text));
        byte[] salt = new byte[Sha256.BYTES];
        new SecureRandom().nextBytes(salt);
        JsonObject kept = JsonObject.builder()
                .put("emergency", id.value())
                .put("salt", Sha256.ofBytes(salt).base64Url())
                .put("text", justification)
                .build();
        PrivateFile.create(Objects.requireNonNull(out), kept.canonical());
        JustificationCommitment commitment = JustificationCommitment.of(salt, justification);
        int exitCode = signing.transaction()
                .send(
                        output,
                        new Justify(id, commitment),
                        signer,
                        "justified emergency access " + id,
                        JsonObject.builder()
                                .put("emergency", id.value())
                                .put("justification", commitment.digest().base64Url())
                                .build());
        if (exitCode == ExitCode.OK.number() && !signing.transaction().printOnly()) {
            deposit(id, kept, signer);
        }
        return exitCode;
    }

    private void deposit(Handle id, JsonObject justification, Credential signer) {
        NodeOptions node = signing.transaction().node();
        NodeClient client = node.client();
        try {
            URI gateway = new Access(client.state())
                    .emergency(id)
                    .flatMap(found -> new Members(client.state()).organization(found.custodian()))
                    .map(custodian -> URI.create(custodian.gateway()))
                    .orElseThrow(
                            () -> new CommandException(ExitCode.UNAVAILABLE, "the custodian is not on the ledger yet"));
            GatewayClient.of(gateway, signer, node.timeout()).post("access/justifications", justification);
        } catch (NodeUnavailableException | GatewayRefusedException e) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE,
                    "justified, but the custodian does not have the text (" + e.getMessage()
                            + "); give its auditors the file " + out,
                    e);
        }
    }
}
