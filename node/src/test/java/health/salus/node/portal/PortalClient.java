package health.salus.node.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.Handle;
import health.salus.identity.PasskeyAssertion;
import health.salus.identity.testing.SoftPasskey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a window, which may be told to misbehave: cookies, forged-request tokens, and a passkey. */
public final class PortalClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http;
    private final String origin;
    private final String portal;
    private final Map<String, String> cookies = new TreeMap<>();
    private SoftPasskey passkey;
    private String handle = "";

    /** @param address that the requests come from, one of the loopback's */
    PortalClient(String origin, String address) throws Exception {
        this(origin, address, "portal");
    }

    /** At other pages than patients': {@code area} is the second part of their addresses. */
    PortalClient(String origin, String address, String area) throws Exception {
        this.http = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build();
        this.origin = origin;
        this.portal = origin + "/city/" + area;
        this.passkey = new SoftPasskey(origin);
    }

    /** Registers by invitation and signs in. */
    public static PortalClient signedIn(String origin, String link) throws Exception {
        PortalClient client = new PortalClient(origin, "127.0.0.1");
        assertThat(client.register(link).statusCode()).isEqualTo(201);
        assertThat(client.signIn().statusCode()).isEqualTo(200);
        return client;
    }

    /** The same patient with the same passkey, signed in at another browser. */
    PortalClient again() throws Exception {
        PortalClient other = new PortalClient(origin, "127.0.0.1");
        other.use(passkey, handle);
        assertThat(other.signIn().statusCode()).isEqualTo(200);
        return other;
    }

    public String handle() {
        return handle;
    }

    SoftPasskey passkey() {
        return passkey;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    HttpResponse<String> register(String link) throws Exception {
        return register("/welcome", link);
    }

    /** Makes a passkey on the page at {@code path}. */
    HttpResponse<String> register(String path, String link) throws Exception {
        String code = URI.create(link).getFragment();
        get(path);
        HttpResponse<String> begun =
                post(path + "/challenge", JSON.createObjectNode().put("code", code));
        if (begun.statusCode() != 200) {
            return begun;
        }
        JsonNode options = JSON.readTree(begun.body());
        handle = HexFormat.of()
                .formatHex(DECODER.decode(options.path("userHandle").asText()));
        ObjectNode made = creation(options.path("challenge").asText(), origin, 0x45);
        return post(path, made.put("code", code));
    }

    /** What a browser answers to {@code navigator.credentials.create}. */
    ObjectNode creation(String challenge, String pageOrigin, int flags) throws Exception {
        String clientData = "{\"type\":\"webauthn.create\",\"challenge\":\"" + challenge + "\",\"origin\":\""
                + pageOrigin + "\",\"crossOrigin\":false}";
        return JSON.createObjectNode()
                .put("challenge", challenge)
                .put("attestationObject", ENCODER.encodeToString(attestationObject(flags)))
                .put("clientData", ENCODER.encodeToString(clientData.getBytes(StandardCharsets.UTF_8)));
    }

    /** CBOR of {@code {"fmt": "none", "attStmt": {}, "authData": …}} with an ES256 key (WebAuthn Level 3 §6.5). */
    private byte[] attestationObject(int flags) throws Exception {
        byte[] point = passkey.publicKey().bytes();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(Sha256.of("localhost".getBytes(StandardCharsets.US_ASCII)).bytes());
        data.write(flags);
        data.write(new byte[4 + 16]); // counter, model
        data.write(new byte[] {0, 1, 42}); // a credential id of one byte
        data.write(HexFormat.of().parseHex("a5010203262001215820"));
        data.write(point, 0, 32);
        data.write(HexFormat.of().parseHex("225820"));
        data.write(point, 32, 32);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.write(0xa3);
        object.write(text("fmt"));
        object.write(text("none"));
        object.write(text("attStmt"));
        object.write(0xa0);
        object.write(text("authData"));
        object.write(new byte[] {0x58, (byte) data.size()});
        data.writeTo(object);
        return object.toByteArray();
    }

    private static byte[] text(String ascii) {
        byte[] bytes = new byte[ascii.length() + 1];
        bytes[0] = (byte) (0x60 + ascii.length());
        System.arraycopy(ascii.getBytes(StandardCharsets.US_ASCII), 0, bytes, 1, ascii.length());
        return bytes;
    }

    HttpResponse<String> signIn() throws Exception {
        HttpResponse<String> answer = post("/sign-in", signInAnswer(nonce()));
        get("/home"); // for the new token
        return answer;
    }

    String nonce() throws Exception {
        if (get("").statusCode() == 302) {
            get("/home");
        }
        return JSON.readTree(post("/sign-in/challenge", JSON.createObjectNode()).body())
                .path("nonce")
                .asText();
    }

    ObjectNode empty() {
        return JSON.createObjectNode();
    }

    ObjectNode signInAnswer(String nonce) {
        return answer(
                nonce,
                Sha256.of("salus-sign-in-v1\0".getBytes(StandardCharsets.US_ASCII), DECODER.decode(nonce)),
                handle);
    }

    ObjectNode answer(String nonce, Sha256 challenge, String userHandle) {
        byte[] assertion = passkey.sign(challenge).bytes();
        return JSON.createObjectNode()
                .put("nonce", nonce)
                .put("credential", "Kg")
                .put("userHandle", ENCODER.encodeToString(HexFormat.of().parseHex(userHandle)))
                .put("authenticatorData", ENCODER.encodeToString(Arrays.copyOf(assertion, 37)))
                .put("signature", ENCODER.encodeToString(der(Arrays.copyOfRange(assertion, 37, 101))))
                .put("clientData", ENCODER.encodeToString(Arrays.copyOfRange(assertion, 101, assertion.length)));
    }

    private static byte[] der(byte[] raw) {
        byte[] r = new BigInteger(1, Arrays.copyOf(raw, 32)).toByteArray();
        byte[] s = new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)).toByteArray();
        byte[] der = new byte[6 + r.length + s.length];
        der[0] = 0x30;
        der[1] = (byte) (der.length - 2);
        der[2] = 2;
        der[3] = (byte) r.length;
        System.arraycopy(r, 0, der, 4, r.length);
        der[4 + r.length] = 2;
        der[5 + r.length] = (byte) s.length;
        System.arraycopy(s, 0, der, 6 + r.length, s.length);
        return der;
    }

    /** Drafts, signs and submits. */
    public HttpResponse<String> decide(String action, String subject) throws Exception {
        return submit(post(
                "/transactions/drafts",
                JSON.createObjectNode().put("action", action).put("subject", subject)));
    }

    /** Signs a draft and submits it. */
    HttpResponse<String> submit(HttpResponse<String> drafted) throws Exception {
        if (drafted.statusCode() != 200) {
            return drafted;
        }
        JsonNode draft = JSON.readTree(drafted.body());
        byte[] input = CompactJws.signingInputForPasskey(
                DECODER.decode(draft.path("payload").asText()),
                Sha256.ofBase64Url(draft.path("kid").asText()));
        PasskeyAssertion assertion = passkey.sign(Sha256.of(input));
        return send(request("/transactions")
                .header("Content-Type", "application/jose")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CompactJws.withAssertion(input, assertion))));
    }

    /** Goes on with another passkey. */
    void use(SoftPasskey other) {
        passkey = other;
    }

    /** Goes on with another passkey of another user. */
    void use(SoftPasskey other, String userHandle) {
        passkey = other;
        handle = userHandle;
    }

    public HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    /** Saves what a path answers. */
    Path save(String path, Path file) throws Exception {
        HttpResponse<Path> response = http.send(request(path).build(), HttpResponse.BodyHandlers.ofFile(file));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    HttpResponse<String> post(String path, JsonNode body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Submits a form, fields as in a query. */
    HttpResponse<String> form(String path, String fields) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields)));
    }

    private String token = "";

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : portal + path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    String.join(
                            "; ",
                            cookies.entrySet().stream()
                                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                    .toList()));
        }
        return token.isEmpty() ? request : request.header("X-XSRF-TOKEN", token);
    }

    /** Goes on without the token against forged requests. */
    void forgetToken() {
        token = "";
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        Matcher matcher = TOKEN.matcher(response.body());
        if (matcher.find()) {
            token = matcher.group(1);
        }
        return response;
    }

    public Handle patient() {
        return new Handle(handle);
    }
}
