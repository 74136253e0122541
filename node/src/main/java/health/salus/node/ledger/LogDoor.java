package health.salus.node.ledger;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.Ledger;
import health.salus.node.web.Problem;
import health.salus.tlog.note.SignedNote;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the log as C2SP tlog-tiles, and the block headers in it. */
@RestController
@RequestMapping("/ledger")
class LogDoor {
    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    private static final CacheControl SECONDS =
            CacheControl.maxAge(Duration.ofSeconds(2)).cachePublic();
    private static final int MAX_BLOCKS = 100;
    private static final String PREFIX = "/ledger/";

    private final LedgerHost host;
    private final Ledger ledger;

    LogDoor(LedgerHost host) {
        this.host = host;
        this.ledger = host.ledger();
    }

    /** What the network is called, and the key that its checkpoints are verified with. */
    @GetMapping
    ResponseEntity<byte[]> network() {
        return Answers.json(
                HttpStatus.OK,
                JsonObject.builder()
                        .put("network", ledger.network())
                        .put("origin", ledger.genesis().origin())
                        .put("verifier", host.verifierKey())
                        .put("height", ledger.height())
                        .build());
    }

    /** The newest final tree head with its cosignatures; where the network has no witnesses, this log's own. */
    @GetMapping("/checkpoint")
    ResponseEntity<String> checkpoint() {
        boolean cosigned = !ledger.finality().ruling().set().isEmpty();
        Optional<SignedNote> newest = ledger.finality().checkpoint();
        if (cosigned && newest.isEmpty()) {
            throw Problem.of(503, "not-final", "nothing is final yet").retryAfter(Duration.ofSeconds(1));
        }
        return ResponseEntity.ok()
                .cacheControl(SECONDS)
                .contentType(new MediaType("text", "plain", java.nio.charset.StandardCharsets.UTF_8))
                .body(newest.filter(note -> cosigned)
                        .orElseGet(ledger.log()::checkpoint)
                        .encode());
    }

    /** A tile of hashes or a bundle of entries. */
    @GetMapping("/tile/**")
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        String path = request.getRequestURI().substring(PREFIX.length());
        byte[] tile = ledger.log()
                .tile(path)
                .orElseThrow(() -> Problem.of(404, "not-found", "no such tile in the log, or not yet"));
        return ResponseEntity.ok()
                .cacheControl(FOREVER)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(tile);
    }

    /** A block's header. */
    @GetMapping("/blocks/{height}")
    ResponseEntity<byte[]> block(@PathVariable long height) {
        checkHeight(ledger, height);
        return Answers.json(HttpStatus.OK, ledger.block(height).toJson());
    }

    /** Headers in ascending order; {@code next} is the address of those that follow. */
    @GetMapping("/blocks")
    ResponseEntity<byte[]> blocks(
            @RequestParam(defaultValue = "0") long from, @RequestParam(defaultValue = "100") int limit) {
        if (from < 0 || limit < 1 || limit > MAX_BLOCKS) {
            throw Problem.of(400, "invalid-argument", "from is 0 or more, limit 1 to " + MAX_BLOCKS);
        }
        long end = Math.min(from + limit, ledger.height() + 1);
        List<Json> headers = new ArrayList<>();
        for (long height = from; height < end; height++) {
            headers.add(ledger.block(height).toJson());
        }
        return Answers.json(
                HttpStatus.OK,
                JsonObject.builder()
                        .put("blocks", new JsonArray(headers))
                        .put("next", "/ledger/blocks?from=" + Math.max(from, end) + "&limit=" + limit)
                        .build());
    }

    static void checkHeight(Ledger ledger, long height) {
        if (height < 0 || height > ledger.height()) {
            throw Problem.of(404, "not-found", "the last block has height " + ledger.height());
        }
    }
}
