package health.salus.node.backend;

import health.salus.fhirserver.EmbeddedFhirServer;
import health.salus.fhirserver.FhirServerSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands an embedded FHIR server to tests that ask for an {@link EmbeddedBackend}; all of a test run share one. */
public final class SharedFhirServer implements ParameterResolver {
    private static final String KEY = "server";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedBackend.class;
    }

    @Override
    public EmbeddedBackend resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedFhirServer.class))
                .getOrComputeIfAbsent(KEY, key -> new Started(), Started.class)
                .backend();
    }

    private record Started(EmbeddedBackend backend) implements ExtensionContext.Store.CloseableResource {
        Started() {
            this(start());
        }

        private static EmbeddedBackend start() {
            try {
                Path directory = Files.createTempDirectory(Path.of("target"), "fhir");
                EmbeddedBackend backend = new EmbeddedBackend(EmbeddedFhirServer.start(
                        FhirServerSettings.inDirectory(directory, URI.create("http://hospital.example:8480/fhir"))));
                backend.ready().get(5, TimeUnit.MINUTES);
                return backend;
            } catch (Exception e) {
                throw new IllegalStateException("no FHIR server to test against", e);
            }
        }

        @Override
        public void close() {
            backend.close();
        }
    }
}
