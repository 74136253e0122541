package health.salus.cli.demo;

import health.salus.cli.client.ClientAssertion;
import health.salus.foundation.Json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * HTTP calls to the hospital's doors, each told to whoever listens. Gets access tokens where they are needed. Not
 * thread-safe.
 */
final class Wire {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long TOKEN_NANOS = Duration.ofMinutes(2).toNanos();
    private static final String FHIR = "application/fhir+json";

    private record Token(String text, long expires) {}

    private final HttpClient http;
    private final URI node;
    private final Consumer<Exchange> listener;
    private final Map<Caller, Token> tokens;

    private Wire(HttpClient http, URI node, Consumer<Exchange> listener, Map<Caller, Token> tokens) {
        this.http = http;
        this.node = node;
        this.listener = listener;
        this.tokens = tokens;
    }

    /** A wire to one node. */
    static Wire to(URI node, Consumer<Exchange> listener) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new Wire(http, node, listener, new HashMap<>());
    }

    /** The same, where nobody listens. */
    Wire quiet() {
        return new Wire(http, node, exchange -> {}, tokens);
    }

    /** Reads without saying who asks. */
    Reply get(String path) {
        return send(HttpRequest.newBuilder(node.resolve(path)).GET());
    }

    /** Reads. */
    Reply get(String path, Caller caller) {
        return send(authorized(path, caller).header("Accept", FHIR + ", */*").GET());
    }

    /** Reads what is not there yet (202) as soon as it is. @throws StepFailedException if that takes too long */
    Reply getWhenReady(String path, Caller caller) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Reply reply = quiet().get(path, caller);
            if (reply.status() != 202) {
                tell("GET", path, Integer.toString(reply.status()));
                return reply;
            }
            StepFailedException.unless(System.nanoTime() - end < 0, path + " is not there after " + PATIENCE);
            Thread.sleep(PAUSE);
        }
    }

    private void tell(String method, String target, String answer) {
        listener.accept(new Exchange(method, target, answer));
    }

    /** Posts FHIR. */
    Reply postFhir(String path, byte[] body, Caller caller) {
        return send(authorized(path, caller)
                .header("Content-Type", FHIR)
                .header("Prefer", "return=minimal")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /** Posts JSON without saying who does. */
    Reply postOpen(String path, byte[] json) {
        return send(HttpRequest.newBuilder(node.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json)));
    }

    /** Posts JSON. */
    Reply postJson(String path, JsonObject body, Caller caller) {
        return send(authorized(path, caller)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.canonical())));
    }

    private HttpRequest.Builder authorized(String path, Caller caller) {
        return HttpRequest.newBuilder(node.resolve(path)).header("Authorization", "Bearer " + token(caller));
    }

    /** An access token of {@code caller}, valid for some minutes. */
    String token(Caller caller) {
        Token token = tokens.get(caller);
        if (token == null || System.nanoTime() - token.expires > 0) {
            token = new Token(newToken(caller), System.nanoTime() + TOKEN_NANOS);
            tokens.put(caller, token);
        }
        return token.text;
    }

    private String newToken(Caller caller) {
        URI address = node.resolve("/hospital/token");
        Reply reply = quiet().send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        ClientAssertion.form(caller.signer(), caller.scope(), address), StandardCharsets.US_ASCII)));
        String token = reply.expect(200).json().path("access_token").asText();
        if (!tokens.containsKey(caller)) {
            tell("POST", "/hospital/token", reply.status() + ", access token of the " + caller.name());
        }
        return token;
    }

    private Reply send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(TIMEOUT).build();
        try {
            Reply reply = new Reply(http.send(request, BodyHandlers.ofByteArray()));
            URI uri = request.uri();
            String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            tell(request.method(), target, Integer.toString(reply.status()));
            return reply;
        } catch (IOException e) {
            throw new StepFailedException("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted", e);
        }
    }
}
