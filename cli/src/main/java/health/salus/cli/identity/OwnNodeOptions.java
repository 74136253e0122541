package health.salus.cli.identity;

import health.salus.cli.identity.NewOrganization.NodeAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Mix-in of commands that make an organization: where its node of the ledger is, if it runs one. */
final class OwnNodeOptions {
    @ArgGroup(exclusive = false)
    private @Nullable Addresses addresses;

    /** Both are needed. */
    static final class Addresses {
        @Option(
                names = "--node",
                required = true,
                paramLabel = "URL",
                description = "Base URL of the node of the ledger that the organization runs, without a slash at the "
                        + "end; makes that node's keys.")
        private @Nullable String node;

        @Option(
                names = "--raft",
                required = true,
                paramLabel = "HOST:PORT",
                description = "Where that node orders transactions with the others; an IPv6 address in brackets.")
        private @Nullable String raft;
    }

    Optional<NodeAddress> address() {
        return Optional.ofNullable(addresses)
                .map(given -> new NodeAddress(
                        Objects.requireNonNull(given.node), // picocli demands both
                        Objects.requireNonNull(given.raft)));
    }
}
