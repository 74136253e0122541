package health.salus.cli.exchange;

import health.salus.cli.client.GatewayClient;
import health.salus.cli.option.SignerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mix-in of commands that go through a gateway: which, and the key that says who asks. */
public final class GatewayOptions {
    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "URL",
            description = "Base address of the organization's FHIR door, such as "
                    + "https://hospital.example/hospital/fhir.")
    private @Nullable URI gateway;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT60S",
            description = "How long to wait for the gateway, such as PT60S.")
    private Duration timeout = Duration.ofSeconds(60);

    @Mixin
    private final SignerOptions signer = new SignerOptions();

    /** A client of that gateway. */
    public GatewayClient client() {
        return GatewayClient.of(Objects.requireNonNull(gateway), signer.signer(), timeout); // picocli demands it
    }

    /** A client of that gateway that also writes. */
    GatewayClient writingClient() {
        return GatewayClient.writing(Objects.requireNonNull(gateway), signer.credential(), timeout);
    }
}
