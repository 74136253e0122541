package health.salus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.identity.Credential;
import health.salus.identity.Role;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.node.RunningNode;
import health.salus.node.SalusNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of four organizations with real doors, in this process. */
class SeveralNodesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, RunningNode> running = new TreeMap<>();
    private ConsortiumNetwork network;
    private DemoDirectory directory;

    @BeforeEach
    void begin() throws Exception {
        directory = DemoDirectory.fresh(dir.resolve("demo"));
        network = ConsortiumNetwork.create(directory, 4, "none");
    }

    @AfterEach
    void end() throws Exception {
        running.values().forEach(RunningNode::close);
        directory.close();
    }

    @Test
    void a_node_that_has_lost_the_others_says_so_and_goes_on_when_they_are_back() throws Exception {
        start(0);
        start(1);
        start(2);
        awaitFinal();
        HttpResponse<String> first = submit("one", "final");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(first.body()).contains("\"final\":true");

        stop(1);
        stop(2);

        HttpResponse<String> refused = submit("two", "committed");
        assertThat(refused.statusCode()).as(refused.body()).isIn(202, 503);
        HttpResponse<String> again = submit("three", "committed");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(503);
        assertThat(again.body()).contains("no-quorum");
        assertThat(again.headers().firstValue("Retry-After")).isPresent();
        await(() -> get("/node/health/readiness").statusCode() == 503);
        assertThat(get("/node/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/ledger/checkpoint").statusCode()).isEqualTo(200);

        start(1);
        start(2);

        await(() -> get("/node/health/readiness").statusCode() == 200);
        await(() -> submit("four", "final").body().contains("\"final\":true"));
    }

    @Test
    void doors_tell_policy_status_and_no_evidence_and_refuse_rubbish() throws Exception {
        start(0);
        start(1);
        start(2);
        awaitFinal();

        assertThat(get("/ledger/policy").body()).contains("group Members 3 clinic hospital insurer laboratory");
        JsonNode status = network.nodes().getFirst().status();
        assertThat(status.path("witnesses").asInt()).isEqualTo(4);
        assertThat(status.path("stopped").asBoolean()).isFalse();
        assertThat(get("/ledger/evidence").body()).isEqualTo("{\"evidence\":[]}");
        assertThat(get("/ledger/handovers?after=0").statusCode()).isEqualTo(404);
        assertThat(post("/ledger/cosignatures", "application/json", "{\"notes\":[]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/ledger/cosignatures", "application/json", "[".repeat(100_000))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/ledger/cosignatures", "text/plain", "{\"fresh\":true,\"notes\":[]}")
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> asked = get("/ledger/cosignatures");
        assertThat(asked.statusCode()).isEqualTo(405);
        assertThat(asked.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(post("/ledger/cosignatures", "application/json", "{\"fresh\":true,\"notes\":[]}")
                        .body())
                .contains("salus/");
        assertThat(submit("one", "forever").statusCode()).isEqualTo(400);
        assertThat(get("/node/prometheus").body())
                .contains("ledger_final_height", "ledger_raft_leader", "ledger_raft_term", "ledger_quorum");
    }

    private void start(int index) {
        ConsortiumNode node = network.nodes().get(index);
        Path configuration = node.directory().resolve("salus.yaml");
        running.put(node.id(), SalusNode.start(configuration, List.of("--salus.ledger.raft.lag=2s")));
    }

    private void stop(int index) {
        Objects.requireNonNull(running.remove(network.nodes().get(index).id())).close();
    }

    private void awaitFinal() throws Exception {
        await(() -> network.nodes().getFirst().status().path("final").asLong() >= 0);
    }

    private HttpResponse<String> submit(String name, String wait) throws Exception {
        ConsortiumNode hospital = network.nodes().getFirst();
        Member member = hospital.institution().enroll(name, Role.CLIENT);
        EnrollCertificate enrollment = member.enrollment();
        Credential authority = hospital.institution().authority();
        Transaction transaction = TransactionBody.of(
                        network.seen().genesis().network(),
                        enrollment.contract(),
                        enrollment.action(),
                        enrollment.arguments(),
                        Instant.now().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS))
                .sign(authority.key().publicKey().thumbprint(), authority.key());
        return post("/ledger/transactions?wait=" + wait, "application/jose", transaction.toString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private URI address(String path) {
        return network.nodes().getFirst().address().resolve(path);
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    private static void await(Check check) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!check.holds()) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            Thread.sleep(100);
        }
    }
}
