package health.salus.node.organization;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import health.salus.fhirserver.EmbeddedFhirServer;
import health.salus.fhirserver.FhirServerSettings;
import health.salus.fhirserver.H2Files;
import health.salus.identity.KeyStoreFile;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.HttpBackend;
import health.salus.node.config.NodeSettings;
import health.salus.node.config.OrganizationSettings;
import health.salus.node.config.OrganizationSettings.Database;
import health.salus.node.config.OrganizationSettings.Fhir;
import health.salus.node.config.PasswordSource;
import health.salus.node.organization.Organization.Custody;
import health.salus.node.records.RecordStore;
import health.salus.tlog.TileLog;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Opens what an organization holds, below {@code <data>/organizations/<id>}: {@code fhir}, {@code records}, {@code log}. */
final class CustodyOpening {
    private static final int RECORD_CONNECTIONS = 8;

    private CustodyOpening() {}

    static Optional<Custody> open(
            OrganizationSettings organization, KeyStoreFile keys, URI address, NodeSettings settings) {
        Path directory = settings.data().resolve("organizations").resolve(organization.id());
        return switch (organization.fhir().kind()) {
            case NONE -> Optional.empty();
            case EMBEDDED, URL -> {
                RecordStore records = records(organization, keys, directory);
                try {
                    yield Optional.of(new Custody(fhir(organization.fhir(), directory, address, settings), records));
                } catch (RuntimeException e) {
                    records.close();
                    throw e;
                }
            }
        };
    }

    private static FhirBackend fhir(Fhir fhir, Path directory, URI address, NodeSettings settings) {
        if (fhir.url().isPresent()) {
            return new HttpBackend(
                    fhir.url().get(),
                    fhir.timeout(),
                    settings.limits().backendAnswer().toBytes());
        }
        FhirServerSettings server = FhirServerSettings.inDirectory(directory, address);
        return new EmbeddedBackend(new EmbeddedFhirServer(Optional.ofNullable(fhir.database())
                .map(database -> server.withDatabase(database.url(), database.user(), password(database)))
                .orElse(server)));
    }

    private static RecordStore records(OrganizationSettings organization, KeyStoreFile keys, Path directory) {
        HikariDataSource database = recordDatabase(organization.fhir(), directory);
        try {
            TileLog log = TileLog.open(
                    directory.resolve("log"),
                    LogKeys.recordLogOrigin(organization.id()),
                    LogKeys.recordLog(keys, organization.id()));
            return RecordStore.open(database, log);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static HikariDataSource recordDatabase(Fhir fhir, Path directory) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("records");
        config.setMaximumPoolSize(RECORD_CONNECTIONS);
        Optional.ofNullable(fhir.database())
                .ifPresentOrElse(
                        database -> {
                            config.setJdbcUrl(database.url());
                            config.setUsername(database.user());
                            config.setPassword(password(database));
                        },
                        () -> config.setJdbcUrl(H2Files.jdbcUrl(directory.resolve("records"))));
        return new HikariDataSource(config);
    }

    private static String password(Database database) {
        return PasswordSource.read(database.password(), System.getenv());
    }
}
