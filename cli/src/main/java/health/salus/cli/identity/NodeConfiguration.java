package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.identity.NewOrganization.NodeAddress;
import health.salus.foundation.Json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an organization's node begins with: {@code salus.yaml} in the directory of the organization's files.
 *
 * @param organization its id
 * @param password where the key store's password is, {@code file:<path>} or {@code env:<name>}
 * @param node where the node is reached, if it is one of several
 * @param join base URLs of nodes to take the ledger from while the organization is no member yet
 * @param fhir kind of its FHIR server
 */
record NodeConfiguration(
        String organization, String password, Optional<NodeAddress> node, List<URI> join, String fhir) {
    /** Returns {@code kind}. @throws CommandException if a node can't be begun with such a FHIR server */
    static String checkedFhir(String kind) {
        if (!kind.equals("none") && !kind.equals("embedded")) {
            throw new CommandException(ExitCode.USAGE, "--fhir " + kind + " (expected: none or embedded)");
        }
        return kind;
    }

    /** Writes it. @return the file */
    Path write(Path dir) throws IOException {
        return Files.writeString(dir.resolve("salus.yaml"), text(dir.toAbsolutePath()));
    }

    /** Strings are quoted as in JSON, which YAML reads. */
    private String text(Path dir) {
        return """
                salus:
                  data: %s
                %s  ledger:
                    genesis: %s
                %s  organizations:
                    - id: %s
                      key-store: %s
                      password: %s
                      fhir: {kind: %s}
                """.formatted(
                        quoted(dir.resolve("data").toString()),
                        node.map(NodeConfiguration::listen).orElse(""),
                        quoted(dir.resolve("genesis.json").toString()),
                        node.map(this::ordering).orElse(""),
                        organization,
                        quoted(NewOrganization.nodeKeyStore(dir).toString()),
                        quoted(password),
                        fhir);
    }

    private static String listen(NodeAddress address) {
        URI url = URI.create(address.address());
        return "http".equals(url.getScheme())
                ? "  listen: {address: %s, port: %d}\n".formatted(url.getHost(), url.getPort() < 0 ? 80 : url.getPort())
                : "  public-address: %s   # and TLS in front of the node, or in it: see the operator guide\n"
                        .formatted(quoted(address.address()));
    }

    private String ordering(NodeAddress address) {
        int colon = address.raft().lastIndexOf(':');
        String host = address.raft().substring(0, colon);
        boolean local = host.equals("127.0.0.1") || host.equals("localhost");
        String others = join.isEmpty()
                ? ""
                : ", join: ["
                        + String.join(
                                ", ",
                                join.stream().map(url -> quoted(url.toString())).toList())
                        + "]";
        return """
                    ordering: raft
                    raft: {address: %s, port: %s%s}
                """.formatted(local ? host : "0.0.0.0", address.raft().substring(colon + 1), others);
    }

    private static String quoted(String text) {
        return new String(new JsonString(text).canonical(), StandardCharsets.UTF_8);
    }
}
