package health.salus.node.backend;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A FHIR R4 server that the gateway stands in front of. Whole bodies go in and come out: what is to be filtered and
 * committed must be complete, and HAPI writes its many small pieces three times faster into memory. Thread-safe.
 */
public interface FhirBackend extends AutoCloseable {
    /** Lets a server that lives in this node begin to start; returns at once. */
    default void begin() {}

    /**
     * Has the server answer a request; blocks until it has. An answer with an error status is an answer.
     *
     * @throws BackendException where there is none
     */
    FhirResponse exchange(FhirRequest request);

    /**
     * A resource's current version around the server, as it would be answered to a read, where that can be had at less cost.
     * Only a seal says whether it's the same.
     */
    default Optional<FhirResponse> stored(String type, String id) {
        return Optional.empty();
    }

    /** Address that the server writes into its answers as its own, without a slash at the end. */
    URI base();

    /** Completes when the server can answer, or fails with what keeps it from ever doing so. */
    CompletableFuture<Void> ready();

    /**
     * Whether a search takes {@code _offset}, and goes on by it: HAPI then answers at once, and keeps no list of what it found
     * in its database, which takes it several times as long and a forced write.
     */
    default boolean takesOffset() {
        return false;
    }

    @Override
    void close();
}
