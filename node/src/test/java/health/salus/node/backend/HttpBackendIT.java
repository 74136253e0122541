package health.salus.node.backend;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedFhirServer.class)
class HttpBackendIT extends FhirBackendConformance {
    private LoopbackServer server;
    private FhirBackend backend;

    @BeforeEach
    void serve(EmbeddedBackend embedded) throws IOException {
        server = LoopbackServer.of(embedded);
        backend = new HttpBackend(server.base(), Duration.ofMinutes(1), 10_000_000);
    }

    @AfterEach
    void stop() {
        backend.close();
        server.close();
    }

    @Override
    FhirBackend backend() {
        return backend;
    }
}
