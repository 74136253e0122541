package health.salus.ledger.finality;

import health.salus.ledger.state.StateValues;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Another node by HTTP, below {@code <node>/ledger}: {@code POST cosignatures} with {@link NotesMessage}s,
 * {@code GET handovers?after=<height>} for a note, {@code snapshots/<height>?after=<key>} for {@link StateValues},
 * {@code checkpoint} and {@code tile/…} of its log.
 *
 * @param node base URL, without a slash at the end
 */
public record HttpPeer(String organization, URI node, HttpClient client) implements Peer {
    private static final Duration TIMEOUT = Duration.ofSeconds(5); // for the whole answer
    private static final Duration TILE_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_NOTE_BYTES = 1 << 20;
    private static final int MAX_TILE_BYTES = 20 << 20; // 256 entries of 65,535 bytes, and some

    /** A client for all peers: connections are kept, redirects not followed. */
    public static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(2))
                .sslContext(tls)
                .build();
    }

    @Override
    public List<SignedNote> exchange(List<SignedNote> notes, boolean fresh) throws IOException, InterruptedException {
        HttpRequest request = to("cosignatures")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new NotesMessage(notes, fresh).encode()))
                .build();
        byte[] answer = send(request, NotesMessage.MAX_BYTES, TIMEOUT)
                .orElseThrow(() -> new IOException(organization + " takes no cosignatures"));
        try {
            return NotesMessage.parse(answer).notes();
        } catch (IllegalArgumentException e) {
            throw new IOException("answer of " + organization, e);
        }
    }

    @Override
    public Optional<SignedNote> handoverAfter(long height) throws IOException, InterruptedException {
        Optional<byte[]> answer = send(to("handovers?after=" + height).GET().build(), MAX_NOTE_BYTES, TIMEOUT);
        try {
            return answer.map(SignedNote::parse);
        } catch (NoteException e) {
            throw new IOException("answer of " + organization, e);
        }
    }

    @Override
    public Optional<byte[]> stateValues(long height, String after) throws IOException, InterruptedException {
        return send(
                to("snapshots/" + height + "?after=" + after).GET().build(), // keys need no escape
                StateValues.MAX_BYTES,
                TILE_TIMEOUT);
    }

    @Override
    public TileSource log() {
        return path -> {
            try {
                return send(to(path).GET().build(), MAX_TILE_BYTES, TILE_TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading from " + organization);
            }
        };
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(node + "/ledger/" + path));
    }

    /**
     * The body of an answer 200; empty: 404. The time is for the body too, which a request's own timeout is not.
     *
     * @throws IOException for any other, or one that is too long or too late
     */
    private Optional<byte[]> send(HttpRequest request, int maxBytes, Duration patience)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), maxBytes));
        try {
            HttpResponse<byte[]> response = sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IOException("answer " + response.statusCode() + " of " + organization);
            }
            return Optional.of(response.body());
        } catch (TimeoutException e) {
            throw new IOException("no answer of " + organization + " within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer of " + organization + ": " + e.getCause(), e);
        } finally {
            sent.cancel(true);
        }
    }
}
