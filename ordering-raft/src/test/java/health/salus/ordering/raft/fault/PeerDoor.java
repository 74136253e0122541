package health.salus.ordering.raft.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.salus.ledger.Ledger;
import health.salus.ledger.finality.NotesMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** What a node answers other nodes, as {@code HttpPeer} asks it. */
final class PeerDoor {
    private static final String PREFIX = "/ledger/";

    private final Ledger ledger;

    private PeerDoor(Ledger ledger) {
        this.ledger = ledger;
    }

    static void open(Ledger ledger, Site.Address address) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address.host(), address.doorPort()), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PREFIX, new PeerDoor(ledger)::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<byte[]> body;
            try {
                body = answer(exchange);
            } catch (RuntimeException e) {
                exchange.sendResponseHeaders(e instanceof IllegalArgumentException ? 400 : 500, -1);
                return;
            }
            if (body.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = body.get();
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Optional<byte[]> answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        if (path.equals("cosignatures")) {
            NotesMessage told = NotesMessage.parse(exchange.getRequestBody().readNBytes(NotesMessage.MAX_BYTES + 1));
            return Optional.of(new NotesMessage(ledger.finality().answer(told.notes(), told.fresh()), false).encode());
        }
        if (path.equals("handovers")) {
            long after = Long.parseLong(exchange.getRequestURI().getQuery().substring("after=".length()));
            return Optional.ofNullable(ledger.finality().handovers().higherEntry(after))
                    .map(Map.Entry::getValue)
                    .map(note -> note.encode().getBytes(StandardCharsets.UTF_8));
        }
        return path.equals("checkpoint")
                ? ledger.finality().checkpoint().map(note -> note.encode().getBytes(StandardCharsets.UTF_8))
                : ledger.log().tile(path);
    }
}
