package health.salus.node.requester;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import health.salus.contracts.access.Access;
import health.salus.fhirserver.H2Files;
import health.salus.identity.Credential;
import health.salus.ledger.contract.StateView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one organization of this node asks of others, with or without records of its own. Thread-safe. */
public final class Requester implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final Duration UNSIGNED = Duration.ofHours(1); // far beyond the life of a draft

    private final HikariDataSource database;
    private final OwnRequests requests;
    private final OwnEmergencies emergencies;
    private final Delivery delivery;

    private Requester(HikariDataSource database, OwnRequests requests, OwnEmergencies emergencies, Delivery delivery) {
        this.database = database;
        this.requests = requests;
        this.emergencies = emergencies;
        this.delivery = delivery;
    }

    /** Opens the database in {@code directory}, or makes it, and begins to deliver what waits. */
    static Requester open(
            String organization,
            Path directory,
            Supplier<StateView> ledger,
            RecordLocator locator,
            Optional<Credential> gateway,
            SecureRandom random,
            InstantSource clock) {
        HikariDataSource database = database(organization, directory);
        JdbcTemplate jdbc = new JdbcTemplate(database);
        OwnRequests requests = new OwnRequests(jdbc);
        OwnEmergencies emergencies = new OwnEmergencies(jdbc, random);
        Delivery delivery = new Delivery(organization, requests, emergencies, ledger, locator, gateway, clock);
        delivery.start();
        return new Requester(database, requests, emergencies, delivery);
    }

    private static HikariDataSource database(String organization, Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("requester's directory can't be made: " + directory, e);
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("requester-" + organization);
        config.setJdbcUrl(H2Files.jdbcUrl(directory.resolve("requester")));
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    /** What it asked of patients. */
    public OwnRequests requests() {
        return requests;
    }

    /** What it opened in emergencies. */
    public OwnEmergencies emergencies() {
        return emergencies;
    }

    /** Forgets drafts that nobody signed in time. */
    public void forgetUnsigned(Access ledger, Instant now) {
        Instant time = now.minus(UNSIGNED);
        requests.forgetUnsigned(time, grant -> ledger.grant(grant).isPresent());
        emergencies.forgetUnsigned(time, id -> ledger.emergency(id).isPresent());
    }

    /** Brings custodians terms and justifications. */
    public Delivery delivery() {
        return delivery;
    }

    @Override
    public void close() {
        delivery.close();
        database.close();
    }
}
