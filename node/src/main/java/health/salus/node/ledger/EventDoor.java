package health.salus.node.ledger;

import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.Ledger;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.EventStream;
import health.salus.ledger.event.LedgerEvent;
import health.salus.node.web.Places;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells events as they happen, as Server-Sent Events. The id of an event is the cursor behind it, so that a client that
 * connects again goes on where it was.
 */
@RestController
class EventDoor {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventDoor.class);
    private static final int MAX_SUBSCRIBERS = 128; // each keeps one of the threads that serve everybody
    private static final int MAX_OF_ADDRESS = 32; // many people can be behind one
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Places places = new Places(MAX_SUBSCRIBERS, MAX_OF_ADDRESS);
    private volatile boolean closing;

    EventDoor(LedgerHost host) {
        this.ledger = host.ledger();
    }

    /** Ends the streams: they would outlast the time that requests are given to finish. */
    @EventListener
    void closing(ContextClosedEvent event) {
        closing = true;
    }

    /**
     * Events from a cursor on; from the next block where none is given.
     *
     * @param lastEventId sent by a client that connects again
     * @param from where to begin otherwise; {@code 0.0} is the very first event
     */
    @GetMapping(path = "/ledger/events", produces = "text/event-stream")
    void events(
            @RequestHeader("Last-Event-ID") Optional<String> lastEventId,
            @RequestParam Optional<String> from,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        Cursor cursor = lastEventId.or(() -> from).map(EventDoor::cursor).orElseGet(this::now);
        try (Places.Place _ = place(request)) {
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.flushBuffer();
            tell(ledger.events(cursor), response.getOutputStream());
        } catch (IOException e) { // how most streams end
            LOGGER.atDebug().addKeyValue("error", e.getMessage()).log("subscriber has gone");
        }
    }

    private Places.Place place(HttpServletRequest request) {
        return places.take(request.getRemoteAddr())
                .orElseThrow(
                        () -> Problem.of(503, "busy", "too many subscribers").retryAfter(SILENCE));
    }

    private Cursor now() {
        return new Cursor(ledger.height() + 1, 0);
    }

    private static Cursor cursor(String text) {
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "invalid-argument", "a cursor is <height>.<offset>");
        }
    }

    private void tell(EventStream events, OutputStream out) throws IOException, InterruptedException {
        long spoke = System.nanoTime();
        while (!closing) {
            Optional<LedgerEvent> event = events.next(STEP);
            boolean silent = System.nanoTime() - spoke > SILENCE.toNanos();
            if (event.isPresent() || silent) {
                out.write(event.map(EventDoor::frame).orElse(":\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                spoke = System.nanoTime();
            }
        }
    }

    private static String frame(LedgerEvent event) {
        JsonObject data = JsonObject.builder()
                .put("transaction", event.transaction().base64Url())
                .put("time", event.time().toEpochMilli())
                .put("data", event.event().data())
                .build();
        return "id: " + event.next() + "\nevent: " + event.event().type() + "\ndata: "
                + new String(data.canonical(), StandardCharsets.UTF_8) + "\n\n";
    }
}
