package health.salus.cli.option;

import health.salus.cli.client.NodeClient;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Mix-in of commands that talk to a node. */
public final class NodeOptions {
    @Option(
            names = "--node",
            paramLabel = "URL",
            defaultValue = "${env:SALUS_NODE:-http://127.0.0.1:8480}",
            description =
                    "Address of the node, by default the environment variable SALUS_NODE or http://127.0.0.1:8480.")
    private URI node = URI.create("http://127.0.0.1:8480");

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT30S",
            description = "How long to wait for the node, such as PT30S.")
    private Duration timeout = Duration.ofSeconds(30);

    /** A client of that node. */
    public NodeClient client() {
        return NodeClient.of(node, timeout);
    }

    /** Where its pages are, without a slash at the end; passkeys need a name, so 127.0.0.1 is called localhost. */
    public String pages() {
        String address = node.toString().replaceFirst("/+$", "");
        return "127.0.0.1".equals(node.getHost()) ? address.replace("127.0.0.1", "localhost") : address;
    }

    /** How long to wait for an answer. */
    public Duration timeout() {
        return timeout;
    }
}
