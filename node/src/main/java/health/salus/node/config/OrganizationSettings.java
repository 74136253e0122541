package health.salus.node.config;

import health.salus.identity.OrganizationId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An organization that lives in this node.
 *
 * @param id its name on the ledger and in addresses
 * @param keyStore PKCS #12 file with its keys
 * @param password where the key store's password is: {@code file:<path>} or {@code env:<name>}
 * @param fhir its FHIR server
 */
public record OrganizationSettings(
        String id,
        Path keyStore,
        String password,
        @DefaultValue Fhir fhir) {
    public OrganizationSettings {
        if (id == null || !OrganizationId.isId(id)) {
            throw new IllegalArgumentException("salus.organizations[].id (expected: " + OrganizationId.EXPECTED + ")");
        }
        if (keyStore == null || password == null) {
            throw new IllegalArgumentException(
                    "salus.organizations[].key-store and password of " + id + " (expected: both)");
        }
    }

    /** How an organization's FHIR server is reached. */
    public enum Kind {
        /** There is none: the organization only asks others. */
        NONE,
        /** HAPI FHIR in this process. */
        EMBEDDED,
        /** Any server, by its base address. */
        URL
    }

    /**
     * A FHIR R4 server.
     *
     * @param kind how it is reached; default {@code none}
     * @param url its base address, without a slash at the end; for kind {@code url} only
     * @param timeout longest wait for its answer; default 30 s; for kind {@code url} only
     * @param withoutTls whether a connection to another machine without TLS, or to a database that is not asked for its
     *     certificate, is meant, since the network between them is safe; default false
     * @param database of an embedded server; null: an H2 file in the data directory
     */
    public record Fhir(
            @DefaultValue("none") Kind kind,
            @DefaultValue Optional<URI> url,
            @DefaultValue("30s") Duration timeout,
            @DefaultValue("false") boolean withoutTls,
            @Nullable Database database) {
        public Fhir {
            if ((kind == Kind.URL) != url.isPresent()) {
                throw new IllegalArgumentException("salus.organizations[].fhir: kind " + kind + " with"
                        + (url.isPresent() ? "" : "out") + " url (expected: a url for kind url, and only there)");
            }
            if (database != null && kind != Kind.EMBEDDED) {
                throw new IllegalArgumentException(
                        "salus.organizations[].fhir: a database for kind " + kind + " (expected: embedded)");
            }
            if (!withoutTls && url.filter(Fhir::isPlain).isPresent()) {
                throw new IllegalArgumentException("salus.organizations[].fhir.url without TLS (expected: https, this"
                        + " machine, or salus.organizations[].fhir.without-tls: true where the network is safe)");
            }
            if (!withoutTls && database != null && !database.isTlsVerified() && !database.isLocal()) {
                throw new IllegalArgumentException("salus.organizations[].fhir.database.url without sslmode=verify-full"
                        + " (expected: that, this machine, or salus.organizations[].fhir.without-tls: true where the"
                        + " network is safe)");
            }
        }

        private static boolean isPlain(URI url) {
            return !"https".equals(url.getScheme()) && !Loopback.is(String.valueOf(url.getHost()));
        }
    }

    /**
     * A PostgreSQL database of the organization's own; the embedded FHIR server and the seals of its records share it. The
     * record log, the audit journal and what the gateway keeps beside them stay in the data directory.
     *
     * @param url {@code jdbc:postgresql:…}
     * @param user who connects
     * @param password where the password is: {@code file:<path>} or {@code env:<name>}
     */
    public record Database(String url, String user, String password) {
        private static final Pattern HOSTS = Pattern.compile("jdbc:postgresql://([^/?]+)");

        public Database {
            if (url == null || !url.startsWith("jdbc:postgresql:") || user == null || password == null) {
                throw new IllegalArgumentException(
                        "salus.organizations[].fhir.database (expected: url jdbc:postgresql:…,"
                                + " user, and password file:<path> or env:<name>)");
            }
        }

        private boolean isTlsVerified() {
            return url.matches(".*[?&]sslmode=verify-full(?:&.*)?");
        }

        private boolean isLocal() {
            Matcher matcher = HOSTS.matcher(url);
            return matcher.lookingAt()
                    && Arrays.stream(matcher.group(1).split(",", -1))
                            .allMatch(host -> Loopback.is(host.replaceFirst(":[0-9]+$", "")));
        }
    }
}
