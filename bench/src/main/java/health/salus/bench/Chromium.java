package health.salus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One page in the Chromium of this machine, without a window, driven by the DevTools protocol. A library for that would bring a
 * Node runtime along, which is too much for a program that people install. Listeners are called by one thread.
 */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of(System.getProperty("salus.chromium", "/usr/bin/chromium"));
    private static final String LISTENING = "DevTools listening on ";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient http;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting;
    private final List<Consumer<JsonNode>> listeners;
    private final AtomicInteger last = new AtomicInteger();
    private final String session;

    private Chromium(
            Process process,
            HttpClient http,
            WebSocket socket,
            Map<Integer, CompletableFuture<JsonNode>> waiting,
            List<Consumer<JsonNode>> listeners)
            throws IOException, InterruptedException {
        this.process = process;
        this.http = http;
        this.socket = socket;
        this.waiting = waiting;
        this.listeners = listeners;
        String target = send(null, "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        this.session = send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
    }

    static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Starts it with an empty page.
     *
     * @param profile a new directory for what it stores
     */
    static Chromium start(Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--no-first-run",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            URI address = address(process.errorReader());
            Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
            List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();
            HttpClient http = HttpClient.newHttpClient();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(address, new Messages(waiting, listeners))
                    .join();
            return new Chromium(process, http, socket, waiting, listeners);
        } catch (IOException | RuntimeException | Error e) {
            process.destroy();
            throw e;
        }
    }

    private static URI address(BufferedReader errors) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(rest -> {}));
                return URI.create(line.substring(LISTENING.length()).strip());
            }
        }
        throw new IOException("Chromium ended before it listened (program: " + PROGRAM + ")");
    }

    /** Sends a command to the page, and waits for what it answers. */
    JsonNode send(String method, Map<String, ?> parameters) throws IOException, InterruptedException {
        return send(session, method, parameters);
    }

    /** Sends a command to a target, such as a worker of the page, without waiting for an answer. */
    void tell(String target, String method) {
        ObjectNode message =
                JSON.createObjectNode().put("id", last.incrementAndGet()).put("method", method);
        sendText(message.put("sessionId", target).toString());
    }

    private synchronized void sendText(String text) { // the socket takes one at a time
        socket.sendText(text, true).join();
    }

    private JsonNode send(@Nullable String target, String method, Map<String, ?> parameters)
            throws IOException, InterruptedException {
        int id = last.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (target != null) {
            message.put("sessionId", target);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        sendText(message.toString());
        try {
            JsonNode found = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (found.has("error")) {
                throw new IOException(method + " failed: "
                        + found.path("error").path("message").asText());
            }
            return found.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer to " + method, e);
        }
    }

    /** Calls {@code listener} with every event from now on, by a thread that must not send and wait. */
    void listen(Consumer<JsonNode> listener) {
        listeners.add(listener);
    }

    /** Goes to an address. */
    void open(String address) throws IOException, InterruptedException {
        send("Page.navigate", Map.of("url", address));
    }

    /** The value of a JavaScript expression, as JSON. */
    JsonNode value(String expression) throws IOException, InterruptedException {
        return send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true))
                .path("result")
                .path("value");
    }

    /** Waits until a JavaScript expression is true; fails where it doesn't become so. */
    void await(String expression) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!value(expression).asBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("in vain waited for: " + expression + " at "
                        + value("location.pathname + ': ' + document.body.innerText")
                                .asText());
            }
            Thread.sleep(PAUSE);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts messages together and gives each to whom it is for. */
    private record Messages(
            Map<Integer, CompletableFuture<JsonNode>> waiting, List<Consumer<JsonNode>> listeners, StringBuilder text)
            implements WebSocket.Listener {
        Messages(Map<Integer, CompletableFuture<JsonNode>> waiting, List<Consumer<JsonNode>> listeners) {
            this(waiting, listeners, new StringBuilder());
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                JsonNode message = parse(text.toString());
                text.setLength(0);
                CompletableFuture<JsonNode> asked =
                        waiting.remove(message.path("id").asInt());
                if (asked == null) {
                    listeners.forEach(listener -> listener.accept(message));
                } else {
                    asked.complete(message);
                }
            }
            socket.request(1);
            return null;
        }

        private static JsonNode parse(String json) {
            try {
                return JSON.readTree(json);
            } catch (IOException e) {
                throw new UncheckedIOException("not the DevTools protocol", e);
            }
        }
    }
}
