package health.salus.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Role;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.receipt.ReceiptCheck;
import health.salus.ledger.state.StateProof;
import health.salus.ledger.state.StateValues;
import health.salus.ledger.transaction.Transaction;
import health.salus.node.NodeFixture;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteCheck;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TrustPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerDoorsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static NodeFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = NodeFixture.start(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void an_accepted_transaction_is_found_again_and_submitting_it_twice_changes_nothing() throws Exception {
        Transaction enroll = enroll();

        HttpResponse<String> first = submit(enroll);
        HttpResponse<String> second = submit(enroll);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(JSON.readTree(first.body()).path("outcome").asText()).isEqualTo("accepted");
        String location = first.headers().firstValue("Location").orElseThrow();
        assertThat(get(location).body()).isEqualTo(first.body());
    }

    @Test
    void a_rejected_transaction_says_why_and_is_in_the_log() throws Exception {
        Transaction bad = fixture.signed(
                "network", "enroll-certificate", JsonObject.builder().build());

        HttpResponse<String> answer = submit(bad);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"rejection\":\"invalid-argument\"").contains("\"index\":");
    }

    @Test
    void a_refused_transaction_gets_a_code_and_is_not_in_the_log() throws Exception {
        HttpResponse<String> malformed = post("application/jose", "not a JWS");
        HttpResponse<String> wrongType = post("text/plain", "not a JWS");

        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("\"code\":\"malformed\"");
        assertThat(wrongType.statusCode()).isEqualTo(415);
    }

    @Test
    void each_of_many_gets_the_answer_that_it_would_get_alone_and_a_bad_one_spoils_no_other() throws Exception {
        Transaction known = enroll();
        Transaction fresh = enroll();
        Transaction rejected = fixture.signed(
                "network", "enroll-certificate", JsonObject.builder().build());
        submit(known);

        HttpResponse<String> answer = post(
                "application/x-ndjson",
                lines(
                        quoted(fresh),
                        "\"not a JWS\"",
                        quoted(known),
                        "",
                        quoted(fresh),
                        quoted(rejected),
                        fresh.toString(),
                        "\"" + "x".repeat(Transaction.MAX_BYTES + 1) + "\"",
                        quoted(forged(fresh)),
                        "\u0000"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(10);
        assertThat(lines.get(0)).isEqualTo(found(fresh)).contains("\"outcome\":\"accepted\"");
        assertThat(lines.get(2)).isEqualTo(found(known));
        assertThat(lines.get(4)).isEqualTo(lines.getFirst());
        assertThat(lines.get(5)).isEqualTo(found(rejected)).contains("\"rejection\":\"invalid-argument\"");
        String malformed = "{\"code\":\"malformed\",\"outcome\":\"refused\"}";
        assertThat(List.of(lines.get(1), lines.get(3), lines.get(6), lines.get(9)))
                .containsOnly(malformed);
        assertThat(lines.get(7)).contains("\"code\":\"too-large\"");
        assertThat(lines.get(8)).contains("\"code\":\"bad-signature\"");
    }

    @Test
    void as_many_as_a_request_may_have_are_each_executed_once() throws Exception {
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < Bundle.MAX_TRANSACTIONS; i++) {
            transactions.add(enroll());
        }
        String body = lines(transactions.stream().map(LedgerDoorsIT::quoted).toArray(String[]::new));

        List<String> first = post("application/x-ndjson", body).body().lines().toList();
        List<String> second = post("application/x-ndjson", body).body().lines().toList();

        assertThat(first).hasSize(transactions.size()).allMatch(line -> line.contains("\"outcome\":\"accepted\""));
        assertThat(second).isEqualTo(first);
        for (int i = 0; i < transactions.size(); i++) {
            assertThat(first.get(i)).contains(transactions.get(i).id().base64Url());
        }
        assertThat(first.stream().map(LedgerDoorsIT::index)).doesNotHaveDuplicates();
    }

    @Test
    void too_many_or_none_are_refused_before_any_is_taken_in() throws Exception {
        Transaction first = enroll();
        String line = quoted(first) + "\n";

        assertThat(post("application/x-ndjson", line.repeat(Bundle.MAX_TRANSACTIONS + 1))
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("application/x-ndjson", line + "x".repeat(Bundle.MAX_BYTES))
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("application/x-ndjson", "").statusCode()).isEqualTo(400);
        assertThat(get("/ledger/transactions/" + first.id().base64Url()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void those_that_a_busy_ledger_refuses_say_so_and_are_executed_once_when_they_come_again(@TempDir Path own)
            throws Exception {
        Genesis genesis = fixture.node().ledger().ledger().genesis();
        NoteSigner signer = NoteSigner.generate(genesis.origin(), new SecureRandom());
        LedgerOptions narrow = LedgerOptions.DEFAULT.withMaxInFlight(1);
        try (Ledger busy = Ledger.create(own, genesis, signer, NetworkRules.rules(), narrow)) {
            Submissions submissions = new Submissions(busy, Duration.ofMinutes(1));
            List<byte[]> open = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                open.add(enroll().jws());
            }
            List<Submission> answers = submissions.submit(open, Submissions.Until.FINAL);
            assertThat(new String(submissions.lines(answers), StandardCharsets.UTF_8))
                    .contains("{\"code\":\"busy\",\"outcome\":\"refused\",\"retry-after\":1}\n");

            int taken = 0;
            while (!open.isEmpty()) {
                for (int i = answers.size() - 1; i >= 0; i--) {
                    if (answers.get(i) instanceof Submission.Committed committed) {
                        assertThat(committed.isAccepted()).isTrue();
                        open.remove(i);
                        taken++;
                    }
                }
                answers = submissions.submit(open, Submissions.Until.FINAL);
            }

            long inLog = 0;
            for (long height = 1; height <= busy.height(); height++) {
                inLog += busy.block(height).count();
            }
            assertThat(inLog).isEqualTo(taken).isEqualTo(20);
        }
    }

    /** Under another signature, which is as well-formed. */
    private static Transaction forged(Transaction transaction) {
        String text = transaction.toString();
        String other = enroll().toString();
        return Transaction.parse((text.substring(0, text.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')))
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String quoted(Transaction transaction) {
        return "\"" + transaction + "\"";
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private static String found(Transaction transaction) throws IOException, InterruptedException {
        return get("/ledger/transactions/" + transaction.id().base64Url()).body();
    }

    private static long index(String line) {
        try {
            return JSON.readTree(line).path("index").asLong(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_transaction_nobody_knows_is_not_found() throws Exception {
        assertThat(get("/ledger/transactions/" + Sha256.of(new byte[0]).base64Url())
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/ledger/transactions/short").statusCode()).isEqualTo(400);
    }

    @Test
    void a_receipt_verifies_offline_with_the_key_of_the_network() throws Exception {
        Transaction enroll = enroll();
        submit(enroll);

        String receipt = get("/ledger/transactions/" + enroll.id().base64Url() + "/receipt")
                .body();

        String vkey = JSON.readTree(get("/ledger").body()).path("verifier").asText();
        assertThat(Receipt.check(receipt, TrustPolicy.of(SignatureVerifier.of(vkey))))
                .isInstanceOf(ReceiptCheck.Verified.class);
    }

    @Test
    void the_checkpoint_verifies_with_the_key_of_the_network_and_the_tiles_are_there() throws Exception {
        submit(enroll());
        String vkey = JSON.readTree(get("/ledger").body()).path("verifier").asText();
        SignedNote note = SignedNote.parse(get("/ledger/checkpoint").body());

        assertThat(note.verify(List.of(SignatureVerifier.of(vkey)))).isInstanceOf(NoteCheck.Verified.class);
        long size = Checkpoint.parse(note.text()).head().size();
        HttpResponse<String> tile = get("/ledger/tile/0/000.p/" + size);
        assertThat(tile.statusCode()).isEqualTo(200);
        assertThat(tile.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(get("/ledger/tile/0/900").statusCode()).isEqualTo(404);
    }

    @Test
    void blocks_are_listed_page_by_page() throws Exception {
        submit(enroll());
        submit(enroll());

        JsonNode page = JSON.readTree(get("/ledger/blocks?from=0&limit=2").body());

        assertThat(page.path("blocks")).hasSize(2);
        assertThat(page.path("next").asText()).isEqualTo("/ledger/blocks?from=2&limit=2");
        assertThat(get("/ledger/blocks/0").statusCode()).isEqualTo(200);
        assertThat(get("/ledger/blocks/999999").statusCode()).isEqualTo(404);
        assertThat(get("/ledger/blocks/one").statusCode()).isEqualTo(400);
    }

    @Test
    void the_absence_of_a_key_is_proven_against_the_block_header() throws Exception {
        StateKey key = new StateKey("network", "organization/nobody");

        JsonObject answer = read("/ledger/state/network/organization/nobody?proof=true");
        long height = JSON.readTree(answer.canonical()).path("height").asLong();
        BlockHeader header = BlockHeader.ofJson(read("/ledger/blocks/" + height));
        StateProof proof = StateProof.ofJson(
                (JsonObject) Objects.requireNonNull(answer.members().get("proof")));

        assertThat(answer.members()).doesNotContainKey("value");
        assertThat(proof.check(key, Optional.empty(), header.state())).isInstanceOf(StateProof.Check.Verified.class);
    }

    @Test
    void events_are_told_from_a_cursor_on_and_resume_behind_the_last_one() throws Exception {
        submit(enroll());
        submit(enroll());

        List<String> first = events(request("/ledger/events?from=0.0"), 2);
        List<String> second = events(request("/ledger/events").header("Last-Event-ID", id(first.getFirst())), 1);

        assertThat(second.getFirst()).isEqualTo(first.get(1));
        assertThat(get("/ledger/events?from=x").statusCode()).isEqualTo(400);
    }

    @Test
    void one_address_does_not_take_all_places_for_followers() throws Exception {
        HttpClient greedy = from("127.0.0.9");
        HttpClient other = from("127.0.0.8");
        try {
            for (int i = 0; i < 32; i++) {
                assertThat(follow(greedy)).isEqualTo(200);
            }
            assertThat(follow(greedy)).isEqualTo(503);
            assertThat(follow(other)).isEqualTo(200);
        } finally {
            greedy.shutdownNow();
            other.shutdownNow();
        }
    }

    private static HttpClient from(String address) throws IOException {
        return HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build();
    }

    /** Begins to follow, and leaves the stream open. */
    private static int follow(HttpClient client) throws IOException, InterruptedException {
        return client.send(request("/ledger/events").build(), BodyHandlers.ofInputStream())
                .statusCode();
    }

    @Test
    void a_snapshot_has_every_value_of_its_height_and_no_later_one() throws Exception {
        JsonNode before = JSON.readTree(submit(enroll()).body());
        long height = before.path("height").asLong();
        submit(enroll());

        StateValues first = snapshot(height, "");
        assertThat(first.values()).isNotEmpty();
        assertThat(snapshot(height, first.values().getLast().key()).values()).isEmpty();
        for (StateValues.Value value : first.values()) {
            JsonNode state = JSON.readTree(
                    get("/ledger/state/" + value.key() + "?height=" + height).body());
            assertThat(JSON.readTree(value.canonical())).isEqualTo(state.path("value"));
        }
        assertThat(snapshot(height + 1, "").values())
                .hasSizeGreaterThan(first.values().size());
        assertThat(get("/ledger/snapshots/1000").statusCode()).isEqualTo(404);
    }

    private static StateValues snapshot(long height, String after) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(request("/ledger/snapshots/" + height + "?after=" + after).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return StateValues.parse(answer.body());
    }

    private static Transaction enroll() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        P256PrivateKey key = P256PrivateKey.generate();
        EnrollCertificate action = new EnrollCertificate(
                key.publicKey().thumbprint(),
                key.publicKey(),
                Role.CLIENT,
                Set.of(),
                new Period(now, now.plus(Duration.ofDays(1))));
        return fixture.signed(action.contract(), action.action(), action.arguments());
    }

    private static JsonObject read(String path) throws IOException, InterruptedException {
        return JsonReader.object(get(path).body().getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String event) {
        return event.lines().findFirst().orElseThrow().substring("id: ".length());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(fixture.node().localAddress().resolve(path));
    }

    private static List<String> events(HttpRequest.Builder request, int count)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        client.send(request.build(), BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8))) {
            List<String> events = new ArrayList<>();
            StringBuilder event = new StringBuilder();
            while (events.size() < count) {
                String line = lines.readLine();
                if (line.isEmpty()) {
                    events.add(event.toString());
                    event.setLength(0);
                } else {
                    event.append(line).append('\n');
                }
            }
            client.shutdownNow();
            return events;
        }
    }

    private static HttpResponse<String> submit(Transaction transaction) throws IOException, InterruptedException {
        return post("application/jose", new String(transaction.jws(), StandardCharsets.US_ASCII));
    }

    private static HttpResponse<String> post(String type, String body) throws IOException, InterruptedException {
        HttpRequest request = request("/ledger/transactions")
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", type)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        fixture.node().localAddress().resolve(path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
