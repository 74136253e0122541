package health.salus.cli.governance;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.network.NetworkAction.UpdateNode;
import health.salus.contracts.network.Node;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Credential;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.ledger.contract.InvalidArgumentException;
import health.salus.node.organization.LogKeys;
import health.salus.node.organization.NodeKeys;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code salus network update-node}. Nothing of the node's description is asked of a node, which could put in keys of its
 * own.
 */
@Command(
        name = "update-node",
        description = "Tell the network where your organization's node is and what it signs with, as its admin.",
        footer = "salus network update-node https://clinic.example clinic.example:9870 --node-keystore clinic/node.p12 "
                + "--keystore clinic/admin.p12 --password-file clinic/password")
public final class UpdateNodeCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "Base URL of the node from now on, without a slash at the end.")
    private @Nullable String address;

    @Parameters(
            index = "1",
            paramLabel = "HOST:PORT",
            description = "Where it orders transactions with the others; an IPv6 address in brackets.")
    private @Nullable String raft;

    @Option(
            names = "--node-keystore",
            required = true,
            paramLabel = "FILE",
            description = "Key store of the node, which holds the keys that it signs and cosigns with.")
    private @Nullable Path nodeKeyStore;

    @Option(
            names = "--node-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password of that key store. Default: that of the signer's.")
    private @Nullable Path nodePassword;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Credential signer = signing.key().credential();
        Node node = described(nodeKeys());
        return signing.transaction()
                .send(
                        output,
                        new UpdateNode(node),
                        signer,
                        "the network's nodes look for yours at " + node.address() + " and " + node.raft(),
                        JsonObject.builder().put("node", node.json()).build());
    }

    private NodeKeys nodeKeys() {
        Path file = Objects.requireNonNull(nodeKeyStore); // picocli demands it
        KeyStorePassword password =
                nodePassword == null ? signing.key().password() : KeyStorePassword.ofFile(nodePassword);
        return LogKeys.node(KeyStoreFile.open(file, password))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "key store " + file + " has no keys of a node (expected: made by 'salus org create --node URL"
                                + " --raft HOST:PORT')"));
    }

    private Node described(NodeKeys keys) {
        Node node = new Node(
                Objects.requireNonNull(address), Objects.requireNonNull(raft), keys.logKey(), keys.witnessKey());
        try {
            return Node.ofJson(node.json());
        } catch (InvalidArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
