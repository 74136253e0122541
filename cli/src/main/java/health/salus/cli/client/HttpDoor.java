package health.salus.cli.client;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends requests to one host and tells apart what was never sent from what was never answered. Thread-safe. */
final class HttpDoor {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;

    /**
     * A door of one host.
     *
     * @param base address under which everything lies
     * @throws CommandException if it is none of a web server
     */
    HttpDoor(URI base) {
        String scheme = String.valueOf(base.getScheme());
        if (base.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new CommandException(
                    ExitCode.USAGE, "address " + base + " (expected: http://… or https://… with the name of a host)");
        }
        String text = base.toString();
        this.base = text.endsWith("/") ? base : URI.create(text + "/");
    }

    /** Address of {@code path}, which is relative. */
    URI resolve(String path) {
        return base.resolve(path);
    }

    /** A request for {@code path}. */
    HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(resolve(path)).timeout(timeout);
    }

    /** Sends it. @throws NotSentException if it cannot have arrived */
    HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new NotSentException(base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The request cannot have arrived. */
    static final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        private NotSentException(URI base, IOException cause) {
            super("no node answers at " + base + "; is it running? ('salus node')", cause);
        }
    }
}
