package health.salus.node.ledger;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.Ledger;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.state.StateNotKeptException;
import health.salus.ledger.state.VersionedState.ProofAt;
import health.salus.node.web.Problem;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads the world state, now or at any height. */
@RestController
class StateDoor {
    private static final Duration UNTIL_EXECUTED = Duration.ofMinutes(1);

    private final Ledger ledger;

    StateDoor(LedgerHost host) {
        this.ledger = host.ledger();
    }

    /**
     * The value under a key; {@code value} is missing where there is none, which is an answer that can be proven.
     *
     * @param height of the block after which to look; default: the last
     * @param proof whether to prove it against that block's state root; for the last block only
     */
    @GetMapping("/ledger/state/{contract}/{*path}")
    ResponseEntity<byte[]> read(
            @PathVariable String contract,
            @PathVariable String path,
            @RequestParam Optional<Long> height,
            @RequestParam(defaultValue = "false") boolean proof) {
        StateKey key = key(contract, path);
        if (proof && height.isPresent()) {
            throw Problem.of(
                    400, "invalid-argument", "only the state after the last block is proven: leave out height");
        }
        Json.Builder answer = JsonObject.builder().put("key", key.toString());
        if (proof) {
            ProofAt proven = ledger.prove(key);
            answer.put("height", proven.height()).put("proof", proven.proof().toJson());
            proven.value().ifPresent(value -> answer.put("value", value));
        } else {
            long at = height.orElseGet(ledger::height);
            LogDoor.checkHeight(ledger, at);
            answer.put("height", at);
            at(at).get(key).ifPresent(value -> answer.put("value", value));
        }
        return Answers.json(HttpStatus.OK, answer.build());
    }

    private StateView at(long height) {
        try {
            return ledger.state(height);
        } catch (StateNotKeptException e) {
            throw Problem.of(503, "not-kept", "this node has the state from height " + e.first() + " on so far")
                    .retryAfter(UNTIL_EXECUTED);
        }
    }

    private static StateKey key(String contract, String path) {
        try {
            return new StateKey(contract, path.substring(1));
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "invalid-argument", "a key is <contract>/<path>");
        }
    }
}
