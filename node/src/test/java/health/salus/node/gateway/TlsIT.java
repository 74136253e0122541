package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.identity.Credential;
import health.salus.identity.P256Certificate;
import health.salus.identity.P256PrivateKey;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.SharedFhirServer;
import health.salus.node.web.OutgoingHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node that ends TLS itself, where access tokens need the certificate that they are bound to. */
@ExtendWith(SharedFhirServer.class)
class TlsIT {
    private static final char[] PASSWORD = "for tests only".toCharArray();

    @TempDir
    private static Path directory;

    private static ForeignServer server;
    private static TwoOrganizations network;
    private static Path nodeKeys;

    @BeforeAll
    static void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        nodeKeys = directory.resolve("node.p12");
        makeKeys();
        network = TwoOrganizations.start(
                directory,
                "{kind: url, url: \"" + server.base() + "\"}",
                "--salus.listen.tls=node",
                "--salus.listen.client-certificates=required",
                "--spring.ssl.bundle.jks.node.keystore.location=" + nodeKeys.toUri(),
                "--spring.ssl.bundle.jks.node.keystore.password=" + new String(PASSWORD));
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    @Test
    void a_token_works_with_the_certificate_that_it_is_bound_to_and_with_no_other() throws Exception {
        TestClient staff = client(network.cityStaff, http(network.cityStaff));
        HttpResponse<String> created =
                staff.post("/fhir/Patient", "{\"resourceType\":\"Patient\",\"gender\":\"female\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElseThrow()).startsWith("https://");
        String path = "/fhir/Patient/" + TestPatient.id(created.body());

        HttpResponse<String> stolen = staff.through(http(network.cityRegistrar)).get(path);
        HttpResponse<String> bare = staff.through(http(null)).get(path);

        assertThat(staff.get(path).statusCode()).isEqualTo(200);
        for (HttpResponse<String> refused : java.util.List.of(stolen, bare)) {
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
            assertThat(refused.body()).contains("OperationOutcome").doesNotContain("female");
        }
    }

    @Test
    void other_doors_bind_tokens_too() throws Exception {
        TestClient admin = client(network.cityAdmin, http(network.cityAdmin));

        assertThat(admin.get("/findings").statusCode()).isEqualTo(200);
        assertThat(admin.through(http(network.cityStaff)).get("/findings").statusCode())
                .isEqualTo(401);
    }

    @Test
    void patients_have_keys_and_no_certificates() throws Exception {
        TestClient staff = client(network.cityStaff, http(network.cityStaff));
        TestPatient patient =
                TestPatient.create(network, staff, client(network.cityRegistrar, http(network.cityRegistrar)));

        assertThat(patient.client()
                        .through(http(null))
                        .read("Patient/" + patient.handle())
                        .path("id")
                        .asText())
                .isEqualTo(patient.id());
    }

    @Test
    void a_certificate_that_the_ledger_does_not_know_opens_nothing_and_harms_nothing() throws Exception {
        Credential stranger = TwoOrganizations.stranger();
        HttpClient http = http(stranger);

        assertThat(client(stranger, http).tokenAnswer().statusCode()).isEqualTo(401);
        JsonNode configuration =
                TestClient.json(client(network.cityStaff, http).anonymous("/.well-known/smart-configuration"));
        assertThat(configuration
                        .path("tls_client_certificate_bound_access_tokens")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void staff_look_with_the_certificate_of_their_browser() throws Exception {
        HttpResponse<String> entry = page(http(network.cityStaff), "GET", "/city/staff?lang=en", "", "");
        String token = entry.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        String cookie = cookies(entry);

        HttpResponse<String> signedIn =
                page(http(network.cityStaff), "POST", "/city/staff/sign-in/certificate", cookie, token);

        assertThat(signedIn.statusCode()).isEqualTo(302);
        HttpResponse<String> home = page(http(network.cityStaff), "GET", "/city/staff/home", cookies(signedIn), "");
        assertThat(home.body())
                .contains(
                        "the certificate, for looking only",
                        network.cityStaff.kid().base64Url());
        assertThat(page(http(network.cityStaff), "POST", "/city/staff/transactions/drafts", cookies(signedIn), "")
                        .statusCode())
                .as("without the token against forged requests")
                .isEqualTo(403);
        assertThat(cookies(signedIn)).as("128 random bits").containsPattern("__Host-salus-session=[0-9A-F]{32}");
        HttpResponse<String> out = page(
                http(network.cityStaff),
                "POST",
                "/city/staff/sign-out",
                cookies(signedIn),
                home.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1"));
        assertThat(out.headers().firstValue("Clear-Site-Data")).hasValue("\"cache\", \"storage\"");
        assertThat(page(http(network.cityStaff), "GET", "/city/staff/home", cookies(signedIn), "")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/city/staff");
        for (HttpResponse<String> answer : java.util.List.of(entry, signedIn)) {
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allSatisfy(set -> assertThat(set)
                            .startsWith("__Host-salus-")
                            .containsIgnoringCase("; Secure")
                            .containsIgnoringCase("; HttpOnly")
                            .containsIgnoringCase("; SameSite="));
        }
    }

    @Test
    void old_versions_and_suites_are_refused_and_the_strongest_is_chosen() throws Exception {
        int port = network.node.port();

        for (int old : new int[] {ClientHello.TLS_1_0, ClientHello.TLS_1_1}) {
            assertThat(new ClientHello(
                                    old, ClientHello.ECDHE_ECDSA_AES_128_CBC_SHA, ClientHello.ECDHE_RSA_AES_128_CBC_SHA)
                            .answer(port))
                    .as("version %x", old)
                    .isEqualTo(-1);
        }
        assertThat(new ClientHello(
                                ClientHello.TLS_1_2,
                                ClientHello.ECDHE_ECDSA_AES_128_CBC_SHA,
                                ClientHello.ECDHE_RSA_AES_128_CBC_SHA,
                                ClientHello.RSA_AES_128_GCM_SHA256)
                        .answer(port))
                .isEqualTo(-1);
        assertThat(new ClientHello(
                                ClientHello.TLS_1_2,
                                ClientHello.ECDHE_ECDSA_AES_128_GCM,
                                ClientHello.ECDHE_ECDSA_AES_256_GCM)
                        .answer(port))
                .isEqualTo(ClientHello.ECDHE_ECDSA_AES_256_GCM);
    }

    @Test
    void a_server_that_nobody_vouches_for_is_sent_nothing() {
        try (OutgoingHttp http = OutgoingHttp.of(Duration.ofSeconds(10), 1_000)) {
            assertThatThrownBy(() -> http.send(HttpRequest.newBuilder(URI.create(network.address + "/city/staff"))))
                    .isInstanceOf(IOException.class)
                    .hasRootCauseInstanceOf(CertPathBuilderException.class);
        }
    }

    @Test
    void nobody_else_is_let_in_by_a_certificate() throws Exception {
        for (HttpClient other :
                java.util.List.of(http(TwoOrganizations.stranger()), http(network.clinician), http(null))) {
            HttpResponse<String> entry = page(other, "GET", "/city/staff", "", "");
            String token = entry.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");

            assertThat(entry.body()).doesNotContain("sign-in/certificate");
            assertThat(page(other, "POST", "/city/staff/sign-in/certificate", cookies(entry), token)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void every_answer_says_that_it_wants_tls_and_is_what_it_says() throws Exception {
        for (String path : new String[] {
            "/city/staff", "/explorer", "/city/fhir/metadata", "/ledger/checkpoint", "/city/nothing", "/node/health"
        }) {
            HttpResponse<String> answer = page(http(null), "GET", path, "", "");
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .as(path)
                    .hasValueSatisfying(value -> assertThat(value).startsWith("max-age=31536000"));
            assertThat(answer.headers().allValues("X-Content-Type-Options"))
                    .as(path)
                    .containsExactly("nosniff");
        }
    }

    private static HttpResponse<String> page(HttpClient http, String method, String path, String cookies, String token)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(network.address + path))
                .method(method, HttpRequest.BodyPublishers.ofString("_csrf=" + token))
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(set -> set.split(";", 2)[0])
                .collect(java.util.stream.Collectors.joining("; "));
    }

    private static TestClient client(Credential credential, HttpClient http) {
        return network.city(credential, "system/*.cruds").through(http);
    }

    /** Trusts the node's own certificate, and presents {@code credential} if there is one. */
    private static HttpClient http(@org.jspecify.annotations.Nullable Credential credential) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("node", nodeCertificate());
        trust.init(trusted);
        context.init(credential == null ? null : keys(credential), trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static KeyManager[] keys(Credential credential) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        P256PrivateKey key = credential.key();
        Certificate[] chain = credential.chain().certificates().stream()
                .map(P256Certificate::x509)
                .toArray(Certificate[]::new);
        store.setKeyEntry("client", key.key(), PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private static Certificate nodeCertificate() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(nodeKeys)) {
            store.load(file, PASSWORD);
        }
        return store.getCertificate("node");
    }

    private static void makeKeys() throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=node",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        nodeKeys.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isZero();
    }
}
