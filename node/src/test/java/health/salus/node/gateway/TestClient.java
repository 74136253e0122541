package health.salus.node.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.salus.foundation.Sha256;
import health.salus.identity.Credential;
import health.salus.identity.P256PrivateKey;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** Somebody with a key who talks to the hospital's gateway as any SMART Backend Services client does. */
public final class TestClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final Sha256 kid;
    private final P256PrivateKey key;
    private final String scope;
    private final HttpClient http;
    private final InstantSource clock;
    private String token = "";

    private TestClient(
            String base, Sha256 kid, P256PrivateKey key, String scope, HttpClient http, InstantSource clock) {
        this.base = base;
        this.kid = kid;
        this.key = key;
        this.scope = scope;
        this.http = http;
        this.clock = clock;
    }

    /** The same with the same token, over other connections. */
    public TestClient through(HttpClient other) {
        TestClient moved = new TestClient(base, kid, key, scope, other, clock);
        moved.token = token;
        return moved;
    }

    /** The holder of a certificate, at the organization whose address is {@code base}. */
    public static TestClient of(String base, Credential credential, String scope) {
        return of(base, credential, scope, InstantSource.system());
    }

    /** The same by another clock. */
    static TestClient of(String base, Credential credential, String scope, InstantSource clock) {
        return new TestClient(base, credential.kid(), credential.key(), scope, HTTP, clock);
    }

    /** The holder of a patient's key. */
    public static TestClient of(String base, P256PrivateKey key) {
        return new TestClient(base, key.publicKey().thumbprint(), key, "patient/*.rs", HTTP, InstantSource.system());
    }

    public Sha256 kid() {
        return kid;
    }

    public P256PrivateKey key() {
        return key;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** A FHIR reply with status 200. */
    public JsonNode read(String path) {
        HttpResponse<String> response = get("/fhir/" + path);
        if (response.statusCode() != 200) {
            throw new AssertionError("GET " + path + ": " + response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    public HttpResponse<String> post(String path, String body) {
        return send("POST", path, body, "Content-Type", "application/fhir+json");
    }

    public HttpResponse<String> form(String path, String body) {
        return send("POST", path, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        String address = path.startsWith("http") ? path : base + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + accessToken())
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(http, request.build());
    }

    /** A read without a token. */
    public HttpResponse<String> anonymous(String path) {
        return send(http, HttpRequest.newBuilder(URI.create(base + path)).build());
    }

    /** The receipt at an address, once the version is sealed and its log's head on the ledger. */
    public String receipt(String url) throws InterruptedException {
        return Eventually.found(() -> {
            HttpResponse<String> answer = get(url);
            return answer.statusCode() == 200 ? answer.body() : null;
        });
    }

    /** Asked for once; it lives for five minutes. */
    public String accessToken() {
        if (token.isEmpty()) {
            token = token();
        }
        return token;
    }

    private String token() {
        HttpResponse<String> response = tokenAnswer();
        if (response.statusCode() != 200) {
            throw new AssertionError("no token: " + response.statusCode() + " " + response.body());
        }
        return json(response).path("access_token").asText();
    }

    /** What the token endpoint says to a fresh assertion. */
    public HttpResponse<String> tokenAnswer() {
        return tokenAnswer(assertion());
    }

    /** What the token endpoint says to this assertion. */
    public HttpResponse<String> tokenAnswer(String assertion) {
        String form = form(Map.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion,
                "scope",
                scope));
        return send(
                http,
                HttpRequest.newBuilder(URI.create(base + "/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    /** A fresh client assertion. */
    public String assertion() {
        try {
            SignedJWT assertion = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(kid.base64Url())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(kid.base64Url())
                            .subject(kid.base64Url())
                            .audience(base + "/token")
                            .jwtID(UUID.randomUUID().toString())
                            .expirationTime(Date.from(clock.instant().plusSeconds(280)))
                            .build());
            assertion.sign(new ECDSASigner(key.key(), Curve.P_256));
            return assertion.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String form(Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    public static HttpResponse<String> send(HttpRequest request) {
        return send(HTTP, request);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
