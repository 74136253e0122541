package health.salus.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * The demo's network with nothing in it yet, and no node running. For measurements.
 *
 * @param configuration file that a node can be started with
 * @param address at which that node will listen
 * @param fhirBase the hospital's FHIR base there
 */
public record EmptyNetwork(Path configuration, URI address, URI fhirBase) {
    /** Makes keys and configuration in {@code path}, which is new or empty. */
    public static EmptyNetwork create(Path path) throws IOException {
        try (DemoDirectory directory = DemoDirectory.fresh(path)) {
            DemoNetwork network = DemoNetwork.create(directory);
            return new EmptyNetwork(directory.file("salus.yaml"), network.address(), network.fhirBase());
        }
    }
}
