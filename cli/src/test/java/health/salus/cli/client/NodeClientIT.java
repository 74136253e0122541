package health.salus.cli.client;

import static health.salus.cli.CliRun.salus;
import static health.salus.cli.client.FakeNode.hangUp;
import static health.salus.cli.client.FakeNode.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.cli.CliRun;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.P256PrivateKey;
import health.salus.ledger.Submission;
import health.salus.ledger.Submission.Committed;
import health.salus.ledger.Submission.Refused;
import health.salus.ledger.Submission.Unknown;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeClientIT {
    @ParameterizedTest
    @ValueSource(strings = {"localhost:8480", "/ledger", "ftp://hospital.example", "http:/hospital"})
    void an_address_that_is_none_of_a_web_server_is_a_usage_error(String address) {
        CliRun shown = salus("tx", "show", "A".repeat(43), "--node", address);

        assertThat(shown.exitCode()).isEqualTo(2);
        assertThat(shown.err()).hasLineCount(1).contains(address, "http://");
    }

    private static final String BUSY = "{\"code\":\"busy\"}";

    private final Transaction transaction = transaction();

    @Test
    void a_committed_transaction_comes_back_with_its_place() {
        assertThat(submit(json(201, "{\"height\":3,\"index\":7}")))
                .isEqualTo(new Committed(transaction.id(), 3, 7, Optional.empty()));
    }

    @Test
    void a_rejected_transaction_comes_back_with_its_code() {
        assertThat(submit(json(422, "{\"height\":3,\"index\":7,\"rejection\":\"grant-expired\"}")))
                .isEqualTo(new Committed(transaction.id(), 3, 7, Optional.of(new RejectionCode("grant-expired"))));
    }

    @Test
    void a_refusal_is_final() {
        try (FakeNode node = new FakeNode(json(400, "{\"code\":\"unknown-key\"}"))) {
            assertThat(submit(node)).isEqualTo(new Refused(Refusal.UNKNOWN_KEY, Optional.empty()));
            assertThat(node.bodies()).hasSize(1);
        }
    }

    @Test
    void the_same_transaction_is_submitted_again_while_the_node_is_busy() {
        try (FakeNode node = new FakeNode(json(429, BUSY), json(429, BUSY), json(201, "{\"height\":1,\"index\":2}"))) {
            assertThat(submit(node)).isInstanceOf(Committed.class);
            assertThat(node.bodies()).hasSize(3).containsOnly(transaction.toString());
        }
    }

    @Test
    void a_node_that_stays_busy_has_refused() {
        assertThat(submit(json(429, BUSY))).isEqualTo(new Refused(Refusal.BUSY, Optional.empty()));
    }

    @Test
    void an_answer_that_got_lost_is_asked_for_again() {
        assertThat(submit(hangUp(), json(201, "{\"height\":1,\"index\":2}"))).isInstanceOf(Committed.class);
    }

    @Test
    void a_node_that_does_not_know_yet_is_asked_again() {
        assertThat(submit(json(202, "{\"outcome\":\"unknown\"}"), json(201, "{\"height\":1,\"index\":2}")))
                .isInstanceOf(Committed.class);
        assertThat(submit(json(202, "{\"outcome\":\"unknown\"}"))).isEqualTo(new Unknown(transaction.id()));
    }

    @Test
    void silence_is_never_taken_for_a_refusal() {
        assertThat(submit(hangUp())).isEqualTo(new Unknown(transaction.id()));
        assertThat(submit(hangUp(), json(429, BUSY))).isEqualTo(new Unknown(transaction.id()));
    }

    @Test
    void where_no_request_can_have_arrived_the_node_is_unavailable() {
        NodeClient client = NodeClient.of(URI.create("http://localhost:9"), Duration.ofMillis(100));

        assertThatThrownBy(() -> client.submit(transaction))
                .isInstanceOf(NodeUnavailableException.class)
                .hasMessageContaining("no node answers at http://localhost:9");
    }

    @Test
    void an_answer_that_no_node_gives_is_not_believed() {
        try (FakeNode node = new FakeNode(json(200, "<html>welcome</html>"))) {
            NodeClient client = client(node);
            assertThatThrownBy(client::network).isInstanceOf(NodeUnavailableException.class);
            assertThatThrownBy(() -> client.submit(transaction)).isInstanceOf(NodeUnavailableException.class);
        }
    }

    private Submission submit(FakeNode.Answer... answers) {
        try (FakeNode node = new FakeNode(answers)) {
            return submit(node);
        }
    }

    private Submission submit(FakeNode node) {
        return client(node).submit(transaction);
    }

    private static NodeClient client(FakeNode node) {
        return NodeClient.of(node.uri(), Duration.ofMillis(1_800));
    }

    private static Transaction transaction() {
        P256PrivateKey key = P256PrivateKey.generate();
        return TransactionBody.of(
                        "test.0123456789abcdef",
                        "access",
                        "deny",
                        JsonObject.builder().build(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60))
                .sign(key.publicKey().thumbprint(), key);
    }
}
