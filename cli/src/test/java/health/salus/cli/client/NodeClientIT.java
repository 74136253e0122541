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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void of_many_only_those_are_submitted_again_that_are_open() {
        List<Transaction> three = List.of(transaction(), transaction(), transaction());
        String accepted = "{\"outcome\":\"accepted\",\"height\":3,\"index\":7}\n";
        String rejected = "{\"outcome\":\"rejected\",\"height\":3,\"index\":8,\"rejection\":\"grant-expired\"}\n";
        String busy = "{\"outcome\":\"refused\",\"code\":\"busy\",\"retry-after\":1}\n";
        String unknown = "{\"outcome\":\"unknown\"}\n";
        try (FakeNode node = new FakeNode(
                json(200, busy + rejected + unknown), json(429, BUSY), hangUp(), json(200, accepted + accepted))) {
            assertThat(NodeClient.of(node.uri(), Duration.ofMinutes(1)).submit(three))
                    .containsExactly(
                            new Committed(three.get(0).id(), 3, 7, Optional.empty()),
                            new Committed(three.get(1).id(), 3, 8, Optional.of(new RejectionCode("grant-expired"))),
                            new Committed(three.get(2).id(), 3, 7, Optional.empty()));
            assertThat(node.bodies().getFirst()).isEqualTo(lines(three));
            assertThat(node.bodies().getLast()).isEqualTo(lines(List.of(three.getFirst(), three.getLast())));
        }
    }

    @Test
    void of_many_those_that_stay_open_are_unknown_where_a_request_may_have_arrived() {
        List<Transaction> two = List.of(transaction(), transaction());
        String busy = "{\"outcome\":\"refused\",\"code\":\"busy\"}\n";
        String unfit = "{\"outcome\":\"refused\",\"code\":\"expired\"}\n";
        try (FakeNode silent = new FakeNode(hangUp(), json(200, busy + unfit), json(200, busy));
                FakeNode busyOnly = new FakeNode(json(200, busy + unfit), json(200, busy))) {
            assertThat(client(silent).submit(two))
                    .containsExactly(new Unknown(two.getFirst().id()), new Refused(Refusal.EXPIRED, Optional.empty()));
            assertThat(client(busyOnly).submit(two))
                    .containsExactly(
                            new Refused(Refusal.BUSY, Optional.empty()),
                            new Refused(Refusal.EXPIRED, Optional.empty()));
        }
    }

    @Test
    void more_than_a_request_may_have_are_divided() {
        List<Transaction> many = Stream.generate(NodeClientIT::transaction)
                .limit(BundleDoor.MAX_TRANSACTIONS + 1)
                .toList();
        String accepted = "{\"outcome\":\"accepted\",\"height\":3,\"index\":7}\n";
        try (FakeNode node =
                new FakeNode(json(200, accepted.repeat(BundleDoor.MAX_TRANSACTIONS)), json(200, accepted))) {
            assertThat(client(node).submit(many))
                    .hasSize(many.size())
                    .allMatch(submission -> submission instanceof Committed);
            assertThat(String.join("", node.bodies())).isEqualTo(lines(many));
        }
    }

    @Test
    void a_file_of_many_is_submitted_and_ends_with_what_is_left_to_do(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("many.jws");
        Files.writeString(file, transaction + "\n" + transaction() + "\n");
        String accepted = "{\"outcome\":\"accepted\",\"height\":3,\"index\":7}\n";
        String unfit = "{\"outcome\":\"refused\",\"code\":\"expired\"}\n";
        try (FakeNode node = new FakeNode(json(200, accepted + unfit))) {
            CliRun submitted =
                    salus("tx", "submit", file.toString(), "--node", node.uri().toString());

            assertThat(submitted.exitCode()).isEqualTo(1);
            assertThat(submitted.out())
                    .contains("accepted\ntransaction " + transaction.id().base64Url(), "refused: expired");

            Files.writeString(file, "\n");
            CliRun empty =
                    salus("tx", "submit", file.toString(), "--node", node.uri().toString());

            assertThat(empty.exitCode()).isEqualTo(2);
            assertThat(empty.err()).contains("has no transactions");
        }
    }

    @Test
    void an_answer_with_other_lines_than_it_should_have_is_not_believed() {
        try (FakeNode node = new FakeNode(json(200, "{\"outcome\":\"accepted\",\"height\":3,\"index\":7}\n"))) {
            NodeClient client = NodeClient.of(node.uri(), Duration.ofMinutes(1));
            List<Transaction> two = List.of(transaction(), transaction());
            assertThatThrownBy(() -> client.submit(two)).isInstanceOf(NodeUnavailableException.class);
        }
        NodeClient nobody = NodeClient.of(URI.create("http://localhost:9"), Duration.ofMillis(100));
        List<Transaction> one = List.of(transaction);
        assertThatThrownBy(() -> nobody.submit(one))
                .isInstanceOf(NodeUnavailableException.class)
                .hasMessageContaining("no node answers at http://localhost:9");
    }

    private static String lines(List<Transaction> transactions) {
        return transactions.stream().map(one -> "\"" + one + "\"\n").collect(Collectors.joining());
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
