package health.salus.node.network;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.Ledger;
import health.salus.ledger.finality.Finality;
import health.salus.ledger.finality.FinalityStatus;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.web.Problem;
import health.salus.ordering.raft.RaftStatus;
import health.salus.tlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a node tells others, and anybody, about what is final. */
@RestController
@RequestMapping("/ledger")
class NetworkDoor {
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final LedgerHost host;
    private final Ledger ledger;
    private final Finality finality;

    NetworkDoor(LedgerHost host) {
        this.host = host;
        this.ledger = host.ledger();
        this.finality = ledger.finality();
    }

    /** The final checkpoint after the first block beyond {@code after} that changes the witnesses. */
    @GetMapping("/handovers")
    ResponseEntity<String> handover(@RequestParam long after) {
        Map.Entry<Long, SignedNote> next = finality.handovers().higherEntry(after);
        if (next == null) {
            throw Problem.of(404, "not-found", "no later block that is final changes the witnesses");
        }
        return ResponseEntity.ok().contentType(TEXT).body(next.getValue().encode());
    }

    /** Whose signatures make a checkpoint believable now: c2sp.org/tlog-policy. */
    @GetMapping("/policy")
    ResponseEntity<String> policy() {
        return ResponseEntity.ok().contentType(TEXT).body(host.policy());
    }

    /** What is kept against others: pairs of notes that contradict each other. */
    @GetMapping("/evidence")
    ResponseEntity<byte[]> evidence() {
        return json(JsonObject.builder()
                .put(
                        "evidence",
                        new JsonArray(finality.evidence().stream()
                                .<Json>map(evidence -> new JsonString(evidence.encode()))
                                .toList()))
                .build());
    }

    /** How far this node is, as it sees it. */
    @GetMapping("/status")
    ResponseEntity<byte[]> status() {
        FinalityStatus status = finality.status();
        Json.Builder answer = JsonObject.builder()
                .put("network", ledger.network())
                .put("height", status.height())
                .put("final", status.finalHeight())
                .put("states-from", ledger.firstState())
                .put("state", ledger.lastBlock().state().base64Url())
                .put("witnesses", status.members())
                .put("quorum", status.quorum())
                .put("heard", array(status.heard()))
                .put("contradicting", array(status.contradicting()))
                .put("recovering", new JsonBoolean(status.recovering()))
                .put("stopped", new JsonBoolean(ledger.failure().isPresent()));
        host.consortium().ifPresent(several -> {
            RaftStatus raft = several.raft().status();
            Json.Builder ordering = JsonObject.builder()
                    .put("role", raft.role().name().toLowerCase(Locale.ROOT))
                    .put("term", raft.term())
                    .put("committed", raft.committed())
                    .put("applied", raft.applied())
                    .put("in-flight", raft.inFlight())
                    .put("nodes", raft.peers().size())
                    .put("behind-millis", several.behind().toMillis());
            raft.leader().ifPresent(leader -> ordering.put("leader", leader));
            answer.put("ordering", ordering.build());
        });
        return json(answer.build());
    }

    private static JsonArray array(Collection<String> texts) {
        return new JsonArray(texts.stream().sorted().<Json>map(JsonString::new).toList());
    }

    private static ResponseEntity<byte[]> json(JsonObject body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body.canonical());
    }
}
