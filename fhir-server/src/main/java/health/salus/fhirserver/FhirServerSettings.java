package health.salus.fhirserver;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What one embedded FHIR server needs to know.
 *
 * @param jdbcUrl database, {@code jdbc:h2:…} or {@code jdbc:postgresql:…}
 * @param user database user; empty where the URL says it
 * @param password of that user; never printed
 * @param base absolute address under which clients see this server, without a slash at the end; it appears in
 *     {@code Bundle.link}, {@code fullUrl} and {@code Location}
 * @param connections size of the connection pool, at least 2: a search holds two while it runs
 * @param referentialIntegrity whether a reference must lead to a stored resource, and a resource that others refer to
 *     can't be deleted
 */
public record FhirServerSettings(
        String jdbcUrl, String user, String password, URI base, int connections, boolean referentialIntegrity) {
    private static final int DEFAULT_CONNECTIONS = 20;

    public FhirServerSettings {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (!jdbcUrl.startsWith("jdbc:h2:") && !jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("FHIR database is neither jdbc:h2: nor jdbc:postgresql:");
        }
        if (!base.isAbsolute() || base.getPath().endsWith("/")) {
            throw new IllegalArgumentException(
                    "FHIR base address: " + base + " (expected: absolute, without a slash at the end)");
        }
        if (connections < 2) {
            throw new IllegalArgumentException("connections: " + connections + " (expected: at least 2)");
        }
    }

    /** An H2 database in files that begin with {@code directory/fhir}. */
    public static FhirServerSettings inDirectory(Path directory, URI base) {
        return new FhirServerSettings(
                H2Files.jdbcUrl(directory.resolve("fhir")), "sa", "", base, DEFAULT_CONNECTIONS, true);
    }

    /** The same with another database. */
    public FhirServerSettings withDatabase(String otherJdbcUrl, String otherUser, String otherPassword) {
        return new FhirServerSettings(otherJdbcUrl, otherUser, otherPassword, base, connections, referentialIntegrity);
    }

    /** The same with references checked or not. */
    public FhirServerSettings withReferentialIntegrity(boolean checked) {
        return new FhirServerSettings(jdbcUrl, user, password, base, connections, checked);
    }

    boolean onPostgreSql() {
        return jdbcUrl.startsWith("jdbc:postgresql:");
    }

    @Override
    public String toString() {
        return "FhirServerSettings[base=" + base + ", " + (onPostgreSql() ? "PostgreSQL" : "H2") + "]";
    }
}
