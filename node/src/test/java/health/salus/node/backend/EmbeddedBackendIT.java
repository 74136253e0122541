package health.salus.node.backend;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedFhirServer.class)
class EmbeddedBackendIT extends FhirBackendConformance {
    private FhirBackend backend;

    @BeforeEach
    void take(EmbeddedBackend embedded) {
        backend = embedded;
    }

    @Override
    FhirBackend backend() {
        return backend;
    }
}
