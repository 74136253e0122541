package health.salus.node.config;

import health.salus.fhir.FhirJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The {@code salus:} part of a node's configuration file. A name that is not known here keeps the node from starting.
 *
 * <pre>
 * salus:
 *   data: /var/lib/salus
 *   listen: {address: 0.0.0.0, port: 8443, tls: node}   # tls: a bundle under spring.ssl.bundle
 *   public-address: https://salus.hospital.example
 *   ledger: {genesis: /etc/salus/genesis.json}
 *   organizations:
 *     - id: hospital
 *       key-store: /etc/salus/hospital.p12
 *       password: file:/etc/salus/hospital.password
 *       fhir: {kind: embedded}
 * </pre>
 *
 * @param data directory of everything the node stores; default {@code data}
 * @param listen where the node listens
 * @param publicAddress address under which others reach this node, without a slash at the end; default: where it listens
 * @param ledger the network's ledger
 * @param organizations those that live in this node, at least one
 * @param proof how often background work for proofs is done
 * @param limits what a single client can take of the node
 * @param explorer pages that show the ledger
 * @param attachments what may be stored in attachments and Binaries
 * @param mail what patients are told by mail; by the server under {@code spring.mail}, where there is one
 */
@ConfigurationProperties(prefix = "salus", ignoreUnknownFields = false)
public record NodeSettings(
        @DefaultValue("data") Path data,
        @DefaultValue Listen listen,
        @DefaultValue Optional<URI> publicAddress,
        @DefaultValue LedgerSettings ledger,
        List<OrganizationSettings> organizations,
        @DefaultValue Proof proof,
        @DefaultValue Limits limits,
        @DefaultValue Explorer explorer,
        @DefaultValue Attachments attachments,
        @DefaultValue Mail mail) {
    public NodeSettings {
        organizations = organizations == null ? List.of() : List.copyOf(organizations);
        Set<String> ids = new HashSet<>();
        organizations.forEach(organization -> ids.add(organization.id()));
        if (organizations.isEmpty() || ids.size() < organizations.size()) {
            throw new IllegalArgumentException("salus.organizations: " + organizations.size() + " with " + ids.size()
                    + " different ids (expected: at least one, each with an id of its own)");
        }
        publicAddress.ifPresent(address -> {
            if (!address.isAbsolute() || address.toString().endsWith("/")) {
                throw new IllegalArgumentException(
                        "salus.public-address: " + address + " (expected: absolute, without a slash at the end)");
            }
        });
    }

    /** Address under which others reach this node, without a slash at the end. */
    public URI address() {
        return publicAddress.orElseGet(() -> URI.create(
                (listen.tls().isEmpty() ? "http" : "https") + "://" + listen.address() + ":" + listen.port()));
    }

    /**
     * Where the node listens.
     *
     * @param address IP address or host name; default {@code 127.0.0.1}
     * @param port 0 for any free one; default 8480
     * @param tls name of a bundle under {@code spring.ssl.bundle}; none: plain HTTP, for a proxy on the same machine
     * @param withoutTls whether plain HTTP at an address that other machines reach is meant, since a proxy ends TLS; default
     *     false
     * @param clientCertificates what TLS clients need to use an access token that is bound to a certificate
     * @param trustedProxies addresses or ranges of proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are
     *     believed; default none
     * @param metricsReaders addresses or ranges that may read {@code /node/prometheus}; default this machine's
     */
    public record Listen(
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("8480") int port,
            @DefaultValue Optional<String> tls,
            @DefaultValue("false") boolean withoutTls,
            @DefaultValue("optional") ClientCertificates clientCertificates,
            @DefaultValue List<String> trustedProxies,
            @DefaultValue({"127.0.0.0/8", "::1"}) List<String> metricsReaders) {
        private static final String PROXIES = "salus.listen.trusted-proxies";
        private static final String READERS = "salus.listen.metrics-readers";

        /** What RFC 8705 §3 is held to. */
        public enum ClientCertificates {
            /** Who presents a certificate must present the one that the token is bound to. The default. */
            OPTIONAL,
            /** A token that is bound to a certificate is worth nothing without it. For {@code tls} only. */
            REQUIRED
        }

        public Listen {
            if (clientCertificates == ClientCertificates.REQUIRED && tls.isEmpty()) {
                throw new IllegalArgumentException(
                        "salus.listen.client-certificates: required without tls (expected: a bundle in salus.listen.tls)");
            }
            if (tls.isEmpty() && !withoutTls && !Loopback.is(address)) {
                throw new IllegalArgumentException("salus.listen.address: " + address
                        + " without TLS (expected: a bundle in salus.listen.tls, an address of this machine alone, or"
                        + " salus.listen.without-tls: true where a proxy in front ends TLS)");
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("salus.listen.port: " + port + " (expected: 0 to 65535)");
            }
            trustedProxies = List.copyOf(trustedProxies);
            metricsReaders = List.copyOf(metricsReaders);
            AddressRanges.of(PROXIES, trustedProxies);
            AddressRanges.of(READERS, metricsReaders);
        }

        /** The trusted proxies. */
        public AddressRanges proxies() {
            return AddressRanges.of(PROXIES, trustedProxies);
        }

        /** Who may read metrics. */
        public AddressRanges readers() {
            return AddressRanges.of(READERS, metricsReaders);
        }
    }

    /**
     * The network's ledger.
     *
     * @param genesis file of canonical JSON that the network begins with: says which network this node takes part in
     * @param answerWithin how long a client that submits a transaction waits before it is told "unknown"; default 10 s
     * @param ordering who decides the sequence of blocks; the same for all nodes of a network
     * @param raft for ordering {@code raft}
     */
    public record LedgerSettings(
            Path genesis,
            @DefaultValue("10s") Duration answerWithin,
            @DefaultValue("local") OrderingKind ordering,
            @DefaultValue Raft raft) {
        public LedgerSettings {
            if (genesis == null) {
                throw new IllegalArgumentException("salus.ledger.genesis (expected: the network's genesis file)");
            }
        }
    }

    /** Who decides the sequence of blocks. */
    public enum OrderingKind {
        /** This node alone. */
        LOCAL,
        /** The nodes of all members, by Raft. */
        RAFT
    }

    /**
     * How the node of the first organization orders blocks with those of others. Which nodes there are, and how they are
     * reached, the ledger says.
     *
     * @param address IP address or host name to listen on; default {@code 127.0.0.1}
     * @param port port to listen on; default 9480
     * @param join base URLs of nodes, without a slash at the end, to take the ledger from while this node's organization is
     *     no member yet
     * @param catchUp what a node does at its start that has no ledger yet, or is far behind
     * @param lag how long this node may be without the others before it decides about nobody's access; default 30 s
     */
    public record Raft(
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("9480") int port,
            @DefaultValue List<URI> join,
            @DefaultValue("snapshot") CatchUp catchUp,
            @DefaultValue("30s") Duration lag) {
        public Raft {
            join = List.copyOf(join);
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("salus.ledger.raft.port: " + port + " (expected: 1 to 65535)");
            }
        }
    }

    /** What a node does at its start that has no ledger yet, or is far behind. */
    public enum CatchUp {
        /** Takes a state that a quorum vouches for, verifies it, takes part, and executes what is before afterwards. */
        SNAPSHOT,
        /** Executes every block before it takes part. */
        LOG
    }

    /**
     * How often background work for proofs is done, for each organization with a FHIR server.
     *
     * @param anchorEvery pause between anchors of the record log's head on the ledger; default 1 s
     * @param reconcileEvery pause between passes through the server's history; default 1 min
     * @param scrubEvery pause between steps of reading sealed versions back; default 2 s
     * @param scrubVersions how many versions one step reads; default 20
     */
    public record Proof(
            @DefaultValue("1s") Duration anchorEvery,
            @DefaultValue("1m") Duration reconcileEvery,
            @DefaultValue("2s") Duration scrubEvery,
            @DefaultValue("20") int scrubVersions) {}

    /**
     * What a single client can take of the node.
     *
     * @param requestBody largest request body, at whatever door; default 32 MB, which is also the most: no resource is larger
     * @param requestTime longest time for a request to arrive, body included; default 30 s
     * @param idleTime longest silence within a request's header, or between requests; default 10 s
     * @param connections most connections at once; default 8,192
     * @param jsonDepth deepest nesting of a JSON body; default 64
     * @param backendAnswer largest answer of a FHIR server reached by URL; default 64 MB
     */
    public record Limits(
            @DefaultValue("32MB") DataSize requestBody,
            @DefaultValue("30s") Duration requestTime,
            @DefaultValue("10s") Duration idleTime,
            @DefaultValue("8192") int connections,
            @DefaultValue("64") int jsonDepth,
            @DefaultValue("64MB") DataSize backendAnswer) {
        public Limits {
            if (requestBody.toBytes() < 1 || requestBody.toBytes() > FhirJson.MAX_BYTES) {
                throw new IllegalArgumentException("salus.limits.request-body: " + requestBody.toBytes()
                        + " bytes (expected: 1 to " + FhirJson.MAX_BYTES + ")");
            }
        }
    }

    /**
     * Pages under {@code /explorer} that show the ledger to anybody.
     *
     * @param enabled whether there are any; default true, since the ledger's doors tell anybody the same
     */
    public record Explorer(@DefaultValue("true") boolean enabled) {}

    /**
     * What may be stored in attachments and Binaries through the gateway.
     *
     * @param types media types, without parameters, in lower case
     * @param scanner ClamAV's daemon, which looks for malware in them; null: nothing does
     */
    public record Attachments(
            @DefaultValue({
                "application/dicom",
                "application/fhir+json",
                "application/fhir+xml",
                "application/jose",
                "application/json",
                "application/pdf",
                "application/rtf",
                "application/xml",
                "audio/mpeg",
                "audio/ogg",
                "audio/wav",
                "image/gif",
                "image/jpeg",
                "image/png",
                "image/tiff",
                "image/webp",
                "text/csv",
                "text/plain",
                "text/rtf",
                "text/xml",
                "video/mp4",
                "x-application/hl7-v2+er7"
            })
            Set<String> types,

            @Nullable ScannerAddress scanner) {
        public Attachments {
            types = Set.copyOf(types);
            types.forEach(type -> {
                if (!type.matches("[a-z0-9-]+/[a-z0-9.+-]+")) {
                    throw new IllegalArgumentException(
                            "salus.attachments.types: " + type + " (expected: as text/plain, in lower case)");
                }
            });
        }
    }

    /**
     * Where clamd listens.
     *
     * @param host IP address or host name
     * @param port TCP port; clamd's own is 3310
     */
    public record ScannerAddress(
            String host, @DefaultValue("3310") int port) {
        public ScannerAddress {
            if (host == null || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("salus.attachments.scanner: " + host + " port " + port
                        + " (expected: {host: 127.0.0.1, port: 3310})");
            }
        }
    }

    /**
     * Mails that tell patients that something happened.
     *
     * @param from address that they come from; needed where {@code spring.mail.host} is set
     */
    public record Mail(@DefaultValue Optional<String> from) {}
}
