package health.salus.node.ledger;

import health.salus.foundation.Json.JsonObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers in canonical JSON, so that what is hashed or signed of them is what was received. */
final class Answers {
    private Answers() {}

    static ResponseEntity<byte[]> json(HttpStatus status, JsonObject body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.canonical());
    }
}
