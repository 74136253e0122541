package health.salus.fhirserver;

import ca.uhn.fhir.rest.server.RestfulServer;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A HAPI FHIR R4 server in this process. {@link #begin} starts it on a thread of its own; {@link #ready} completes with
 * the servlet that answers requests, already initialised, or fails with what kept the server from starting.
 *
 * <p>Thread-safe. Whoever starts it closes it, also when it failed to start.
 */
public final class EmbeddedFhirServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedFhirServer.class);

    private final FhirServerSettings settings;
    private final CompletableFuture<Running> running = new CompletableFuture<>();
    private final CompletableFuture<HttpServlet> ready = running.thenApply(Running::servlet);
    private final AtomicBoolean begun = new AtomicBoolean();

    /** A server that waits for {@link #begin}. */
    public EmbeddedFhirServer(FhirServerSettings settings) {
        this.settings = settings;
    }

    /** Begins to start a server and returns at once. */
    public static EmbeddedFhirServer start(FhirServerSettings settings) {
        EmbeddedFhirServer server = new EmbeddedFhirServer(settings);
        server.begin();
        return server;
    }

    /** Begins to start the server and returns at once; again does nothing. */
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread.ofPlatform().name("fhir-server-start").start(this::run);
        }
    }

    /**
     * Completes when the server can serve. The servlet takes paths below the base address as {@code pathInfo}; it needs
     * no container of its own and must not be initialised again.
     */
    public CompletableFuture<HttpServlet> ready() {
        return ready.copy();
    }

    /**
     * A resource's current version straight from the database, several times as fast as by the servlet; empty where only the
     * servlet can tell, or while the server starts. To be compared with what the servlet once answered.
     */
    public Optional<StoredResource> stored(String type, String id) {
        return running.isDone() && !running.isCompletedExceptionally()
                ? running.join().resources().find(type, id)
                : Optional.empty();
    }

    /** Address under which clients see this server. */
    public java.net.URI base() {
        return settings.base();
    }

    private void run() {
        long began = System.nanoTime();
        try {
            running.complete(Running.open(settings));
            LOGGER.atInfo()
                    .addKeyValue("base", settings.base())
                    .addKeyValue(
                            "millis",
                            Duration.ofNanos(System.nanoTime() - began).toMillis())
                    .log("FHIR server ready");
        } catch (Throwable e) { // whoever waits for the server must learn of any end, errors included
            running.completeExceptionally(e);
        }
    }

    /** Waits until a server that was begun has started or failed, then stops it and closes its database. */
    @Override
    public void close() {
        if (begun.compareAndSet(false, true)) {
            running.completeExceptionally(new IllegalStateException("FHIR server closed before it began"));
        }
        running.handle((server, failure) -> server)
                .thenAccept(server -> {
                    if (server != null) {
                        server.close();
                    }
                })
                .join();
    }

    private record Running(
            HikariDataSource database,
            AnnotationConfigApplicationContext context,
            RestfulServer servlet,
            StoredResources resources)
            implements AutoCloseable {
        static Running open(FhirServerSettings settings) throws ServletException {
            HikariDataSource database = FhirDatabase.open(settings);
            AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
            try {
                context.setDisplayName("FHIR server " + settings.base());
                context.registerBean(FhirServerSettings.class, () -> settings);
                context.registerBean("dataSource", HikariDataSource.class, () -> database);
                context.register(HapiConfiguration.class);
                context.refresh();
                RestfulServer servlet = context.getBean(RestfulServer.class);
                servlet.init(new DetachedServletConfig("fhir"));
                return new Running(
                        database,
                        context,
                        servlet,
                        new StoredResources(database, settings.base().toString()));
            } catch (ServletException | RuntimeException | Error e) {
                context.close();
                database.close();
                throw e;
            }
        }

        @Override
        public void close() {
            servlet.destroy();
            context.close();
            database.close();
        }
    }
}
