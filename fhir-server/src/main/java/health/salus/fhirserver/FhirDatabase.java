package health.salus.fhirserver;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Set;

/** The connection pool of a FHIR server, over a database whose schema is the one this version of HAPI expects. */
final class FhirDatabase {
    private FhirDatabase() {}

    /** Opens the pool; creates the schema in an empty database and migrates an older one. The caller closes the pool. */
    static HikariDataSource open(FhirServerSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("fhir");
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.connections());
        HikariDataSource pool = new HikariDataSource(config);
        try {
            migrate(pool, settings.onPostgreSql() ? DriverTypeEnum.POSTGRES_9_4 : DriverTypeEnum.H2_EMBEDDED);
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static void migrate(HikariDataSource pool, DriverTypeEnum driver) {
        HapiMigrator migrator = new HapiMigrator(SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME, pool, driver);
        migrator.createMigrationTableIfRequired();
        migrator.addTasks(new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values()));
        migrator.migrate();
    }
}
