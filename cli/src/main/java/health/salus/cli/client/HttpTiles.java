package health.salus.cli.client;

import health.salus.tlog.TileSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The files of a log that a web server serves (c2sp.org/tlog-tiles). Thread-safe. */
public final class HttpTiles implements TileSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpDoor door;

    /** @param base URL under which {@code checkpoint} and {@code tile/} lie */
    public HttpTiles(URI base) {
        this.door = new HttpDoor(base);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        HttpResponse<byte[]> response =
                door.send(door.request(path, TIMEOUT).GET().build());
        return switch (response.statusCode()) {
            case OK -> Optional.of(response.body());
            case NOT_FOUND -> Optional.empty();
            default -> throw new IOException(door.resolve(path) + " answered " + response.statusCode());
        };
    }
}
