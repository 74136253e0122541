package health.salus.node.network;

import health.salus.ledger.Ledger;
import health.salus.ledger.state.StateValues;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.web.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives joining nodes, or anybody, the state at a final height. Who asks sets the pace; little is in memory. */
@RestController
@RequestMapping("/ledger/snapshots")
class SnapshotDoor {
    private static final int AT_ONCE = 4;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Semaphore places = new Semaphore(AT_ONCE);

    SnapshotDoor(LedgerHost host) {
        this.ledger = host.ledger();
    }

    /** Some of the values, ascending by key, as {@link StateValues} says. */
    @GetMapping("/{height}")
    ResponseEntity<byte[]> values(@PathVariable long height, @RequestParam(defaultValue = "") String after) {
        if (!places.tryAcquire()) {
            throw Problem.of(503, "busy", "others are taking snapshots").retryAfter(AGAIN);
        }
        try {
            StateValues values = ledger.stateValues(height, after)
                    .orElseThrow(() -> Problem.of(404, "not-found", "no state of this height, or not final yet"));
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .body(values.encode());
        } finally {
            places.release();
        }
    }
}
