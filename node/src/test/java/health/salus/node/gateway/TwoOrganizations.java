package health.salus.node.gateway;

import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.Handle;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.OrganizationCa;
import health.salus.identity.P256Certificate;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Role;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.node.RunningNode;
import health.salus.node.SalusNode;
import health.salus.node.organization.LogKeys;
import health.salus.node.organization.Organization;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A node with the hospital {@code city}, which keeps records, and the {@code clinic}, which only asks. With an embedded
 * FHIR server it takes a minute or more to start; with one that runs already, seconds.
 */
public final class TwoOrganizations implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofMinutes(8);

    public RunningNode node;
    public final String address;
    public final Path data;
    public final Path configuration;
    public final Credential cityStaff;
    public final Credential cityRegistrar;
    public final Credential cityAdmin;
    public final Credential clinician;
    public final Credential clinicService;

    private final Map<String, OrganizationCa> authorities;
    private final InstantSource clock;

    private TwoOrganizations(Path directory, String fhir, InstantSource clock, String... settings) throws Exception {
        this.clock = clock;
        int port = freePort();
        boolean tls = Arrays.asList(settings).contains("--salus.listen.tls=node");
        this.address = (tls ? "https" : "http") + "://127.0.0.1:" + port;
        this.data = directory.resolve("data");
        this.authorities = Map.of(
                "city",
                OrganizationCa.create("city", InstantSource.system()).ca(),
                "clinic",
                OrganizationCa.create("clinic", InstantSource.system()).ca());
        Credential gateway = enroll("city", Role.CLIENT, "gateway");
        Credential clinicGateway = enroll("clinic", Role.CLIENT, "gateway");
        this.configuration = files(directory, port, gateway, clinicGateway, fhir);
        this.node = SalusNode.start(configuration, List.of(settings), clock);
        admit("city", gateway, Role.CLIENT, Attribute.GATEWAY);
        admit("clinic", clinicGateway, Role.CLIENT, Attribute.GATEWAY);
        this.cityStaff = member("city", Role.CLIENT, Attribute.CLINICIAN);
        this.cityRegistrar = member("city", Role.CLIENT, Attribute.REGISTRAR);
        this.cityAdmin = member("city", Role.ADMIN);
        this.clinician = member("clinic", Role.CLIENT, Attribute.CLINICIAN);
        this.clinicService = member("clinic", Role.CLIENT);
        awaitFhir();
    }

    private void awaitFhir() throws Exception {
        node.organizations()
                .find("city")
                .orElseThrow()
                .custody()
                .orElseThrow()
                .fhir()
                .ready()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public static TwoOrganizations start(Path directory) throws Exception {
        return new TwoOrganizations(directory, "{kind: embedded}", InstantSource.system());
    }

    /** With another FHIR server: {@code fhir} of the organization's settings in YAML; and with settings of the node. */
    public static TwoOrganizations start(Path directory, String fhir, String... settings) throws Exception {
        return start(directory, fhir, InstantSource.system(), settings);
    }

    /** The same by another clock. */
    public static TwoOrganizations start(Path directory, String fhir, InstantSource clock, String... settings)
            throws Exception {
        return new TwoOrganizations(directory, fhir, clock, settings);
    }

    /** Ends the node. */
    public void stop() {
        node.close();
    }

    /** Starts the node again after it was ended. */
    public void startAgain(String... settings) throws Exception {
        node = SalusNode.start(configuration, List.of(settings), clock);
        awaitFhir();
    }

    /** Someone with a certificate, who talks to the hospital. */
    public TestClient city(Credential credential, String scope) {
        return TestClient.of(address + "/city", credential, scope, clock);
    }

    /** Whom a receipt is to be believed. */
    public TrustPolicy policy() {
        return TrustPolicy.of(SignatureVerifier.of(node.ledger().verifierKey()));
    }

    /** A certificate that the ledger doesn't know. */
    public static Credential stranger() {
        return OrganizationCa.create("clinic", InstantSource.system())
                .ca()
                .enroll(Enrollment.of("test", Role.CLIENT, Set.of(), Duration.ofDays(30)));
    }

    /** A certificate that the ledger knows. */
    public Credential member(String organization, Role role, Attribute... attributes) throws Exception {
        String[] names = List.of(attributes).stream()
                .map(attribute -> attribute.name().toLowerCase(java.util.Locale.ROOT))
                .toArray(String[]::new);
        Credential credential = enroll(organization, role, names);
        admit(organization, credential, role, attributes);
        return credential;
    }

    private Credential enroll(String organization, Role role, String... attributes) {
        return authority(organization).enroll(Enrollment.of("test", role, Set.of(attributes), Duration.ofDays(30)));
    }

    private void admit(String organization, Credential credential, Role role, Attribute... attributes)
            throws Exception {
        P256Certificate certificate = credential.chain().endEntity();
        P256PrivateKey authority = authority(organization).enrollmentCa().key();
        Period validity = new Period(
                certificate.notBefore().truncatedTo(ChronoUnit.SECONDS),
                certificate.notAfter().truncatedTo(ChronoUnit.SECONDS));
        submit(
                new EnrollCertificate(
                        certificate.thumbprint(), certificate.publicKey(), role, Set.of(attributes), validity),
                authority.publicKey().thumbprint(),
                authority);
    }

    /** Signs and submits; the ledger must accept. */
    public void submit(Action action, Sha256 kid, P256PrivateKey key) throws Exception {
        Instant expires = clock.instant().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
        byte[] jws = TransactionBody.of(
                        node.ledger().ledger().network(),
                        action.contract(),
                        action.action(),
                        action.arguments(),
                        expires)
                .sign(kid, key)
                .jws();
        Submission submission = node.ledger().ledger().submit(jws).get(1, TimeUnit.MINUTES);
        if (!(submission instanceof Submission.Committed committed) || !committed.isAccepted()) {
            throw new AssertionError(action.action() + " was not accepted: " + submission);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Path files(Path directory, int port, Credential gateway, Credential clinicGateway, String fhir)
            throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "for tests only\n");
        KeyStoreFile city = KeyStoreFile.create(directory.resolve("city.p12"), KeyStorePassword.ofFile(password));
        KeyStoreFile clinic = KeyStoreFile.create(directory.resolve("clinic.p12"), KeyStorePassword.ofFile(password));
        city.put(Organization.GATEWAY_ALIAS, gateway);
        clinic.put(Organization.GATEWAY_ALIAS, clinicGateway);
        JsonObject genesis = NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "test")
                                .put("salt", Handle.random().value()),
                        List.of(founder("city", city), founder("clinic", clinic)),
                        NetworkRules.latest())
                .build();
        Path genesisFile = Files.write(directory.resolve("genesis.json"), genesis.canonical());
        return Files.writeString(
                directory.resolve("salus.yaml"), """
                salus:
                  data: %1$s/data
                  listen: {port: %2$d}
                  ledger: {genesis: %3$s}
                  organizations:
                    - {id: city, key-store: %1$s/city.p12, password: "file:%4$s", fhir: %5$s}
                    - {id: clinic, key-store: %1$s/clinic.p12, password: "file:%4$s"}
                logging.structured.format.console: ""
                """.formatted(directory, port, genesisFile, password, fhir));
    }

    private OrganizationCa authority(String id) {
        return Objects.requireNonNull(authorities.get(id), id);
    }

    private Candidate founder(String id, KeyStoreFile keys) {
        return new Candidate(
                id,
                authority(id).enrollmentCa().key().publicKey(),
                address + "/" + id + "/fhir",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(LogKeys.recordLog(keys, id).verifier().publicKey()));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
