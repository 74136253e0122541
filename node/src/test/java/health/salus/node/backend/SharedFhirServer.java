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
        Class<?> type = parameter.getParameter().getType();
        return type == EmbeddedBackend.class || type == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started = context.getRoot()
                .getStore(Namespace.create(SharedFhirServer.class))
                .getOrComputeIfAbsent(KEY, key -> Started.start(), Started.class);
        return parameter.getParameter().getType() == Database.class ? started.database : started.backend;
    }

    /**
     * The server's own database, for what goes around it.
     *
     * @param file without its ending {@code .mv.db}
     */
    public record Database(Path file) {}

    private record Started(EmbeddedBackend backend, Database database)
            implements ExtensionContext.Store.CloseableResource {
        private static Started start() {
            try {
                Path directory = Files.createTempDirectory(Path.of("target"), "fhir");
                EmbeddedBackend backend = new EmbeddedBackend(EmbeddedFhirServer.start(
                        FhirServerSettings.inDirectory(directory, URI.create("http://hospital.example:8480/fhir"))));
                backend.ready().get(5, TimeUnit.MINUTES);
                return new Started(backend, new Database(directory.resolve("fhir")));
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
