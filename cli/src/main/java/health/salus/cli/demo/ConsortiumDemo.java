package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.client.NodeClient;
import health.salus.cli.console.Output;
import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.Change;
import health.salus.contracts.network.NetworkAction;
import health.salus.contracts.network.RevocationReason;
import health.salus.contracts.network.Vote;
import health.salus.foundation.Sha256;
import health.salus.identity.Credential;
import health.salus.identity.Role;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.finality.Evidence;
import health.salus.ledger.finality.NotesMessage;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.receipt.ReceiptCheck;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Progress;
import health.salus.ledger.verify.Verification;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The demo's steps with several organizations: the exchange across their nodes, one killed and one lying on the way. */
final class ConsortiumDemo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration VOTE_WITHIN = Duration.ofDays(7);

    private final ConsortiumNetwork network;
    private final Story story;
    private final Stage stage;
    private final List<ConsortiumNode> nodes;
    private final ConsortiumNode hospital;
    private final ConsortiumNode liar;
    private int certificates;

    ConsortiumDemo(ConsortiumNetwork network, Story story, Output output) {
        this.network = network;
        this.story = story;
        this.nodes = network.nodes();
        this.hospital = nodes.getFirst();
        this.liar = nodes.getLast();
        Transactions transactions = new Transactions(
                nodes.stream().map(ConsortiumNode::address).toList(),
                genesis().network(),
                story::tell,
                committed -> awaitHeight(hospital, committed.height()));
        this.stage = new Stage(network.seen(), story, hospital.wire(story::tell), transactions, output);
    }

    private Genesis genesis() {
        return network.seen().genesis();
    }

    /** Plays all of them. @throws StepFailedException where one did not hold */
    void play(List<Sample> samples) {
        begin();
        enroll();
        Loading loading = new Loading(stage, samples);
        loading.load();
        Recording recording = new Recording(stage, loading.patientId());
        recording.write();
        recording.check();
        Consent consent = new Consent(stage, recording, loading.patientId());
        consent.register();
        consent.ask();
        consent.approve();
        consent.fetch();
        consent.verify();
        consent.revoke();
        kill();
        comeBack();
        lie();
        remove();
        receiptAcross();
        verify();
    }

    private void begin() {
        story.step(nodes.size() + " organizations begin a network, each with a node of its own", """
                Each node is a process with its own keys, ledger and port. They order by Raft over mutual TLS; each
                executes every block itself and cosigns what came out. Final is what a quorum has cosigned.""", () -> {
            for (ConsortiumNode node : nodes) {
                node.process().start();
            }
            for (ConsortiumNode node : nodes) {
                node.process().awaitDoor();
            }
            await(() -> hospital.status().path("final").asLong() >= 0, "the first block is not final");
            JsonNode status = hospital.status();
            return "network %s: %d nodes, final with %d cosignatures; %s leads"
                    .formatted(
                            genesis().network(),
                            nodes.size(),
                            status.path("quorum").asInt(),
                            leader());
        });
    }

    private String leader() {
        await(() -> hospital.status().path("ordering").has("leader"), "nobody leads");
        return hospital.status().path("ordering").path("leader").asText();
    }

    private void enroll() {
        story.step("They make their members known", """
                Each transaction goes to another node; all nodes end in one state.""", () -> {
            int members = 0;
            for (ConsortiumNode node : nodes) {
                Credential authority = node.institution().authority();
                for (Member member : node.institution().members()) {
                    stage.transactions()
                            .send(
                                    member.enrollment(),
                                    authority.key().publicKey().thumbprint(),
                                    authority.key(),
                                    node.id() + "'s CA: its " + member.name());
                    members++;
                }
            }
            requireOneState(nodes);
            return members + " members; the same state root on all " + nodes.size() + " nodes";
        });
    }

    /** Waits until all have the same last block and state. */
    private void requireOneState(List<ConsortiumNode> running) {
        await(
                () -> running.stream()
                                .map(node -> node.status().path("height").asLong() + " "
                                        + node.status().path("final").asLong() + " "
                                        + node.status().path("state").asText())
                                .distinct()
                                .count()
                        == 1,
                "the nodes do not come to one state");
    }

    private ConsortiumNode victim() {
        String leads = leader();
        return nodes.stream()
                .filter(node -> node.id().equals(leads) && !node.equals(hospital))
                .findFirst()
                .orElse(nodes.get(2));
    }

    private ConsortiumNode killed() {
        return nodes.stream()
                .filter(node -> !node.process().isRunning())
                .findFirst()
                .orElseThrow();
    }

    private void kill() {
        story.step("A node is killed", """
                The others choose another leader if they have to, and go on: three of four can order, and three of four
                cosignatures make final.""", () -> {
            ConsortiumNode victim = victim();
            boolean led = victim.id().equals(leader());
            victim.process().kill();
            story.say("kill -9 of the " + victim.id() + "'s node" + (led ? ", which led" : ""));
            long killed = System.nanoTime();
            Submission.Committed committed = sendAt(other(victim));
            await(() -> hospital.status().path("final").asLong() >= committed.height(), "not final");
            return "the next transaction is final %d ms later; %s leads"
                    .formatted((System.nanoTime() - killed) / 1_000_000, leader());
        });
    }

    private ConsortiumNode other(ConsortiumNode than) {
        return nodes.stream()
                .filter(node -> !node.equals(than) && !node.equals(hospital))
                .findFirst()
                .orElseThrow();
    }

    /** A transaction of little consequence, through one node: a certificate is issued and revoked. */
    private Submission.Committed sendAt(ConsortiumNode node) {
        Transactions transactions = new Transactions(node.address(), genesis().network(), story::tell);
        certificates++;
        Member member = hospital.institution().enroll("temporary-" + certificates, Role.CLIENT);
        Credential admin = hospital.admin().credential();
        transactions.send(member.enrollment(), admin, "hospital's admin");
        return transactions.send(
                new NetworkAction.RevokeCertificate(member.credential().kid(), RevocationReason.SUPERSEDED),
                admin,
                "hospital's admin");
    }

    private void comeBack() {
        story.step("It comes back and catches up", """
                It takes what it missed from the others, executes it, and cosigns again.""", () -> {
            ConsortiumNode back = killed();
            back.process().start();
            back.process().awaitDoor();
            requireOneState(nodes);
            return back.id() + " is at height " + back.status().path("height").asLong()
                    + " with the same state root as the others";
        });
    }

    private void lie() {
        story.step("A node lies", """
                The %s cosigns another history for a size that it has cosigned before, and shows it to the hospital.
                No quorum does, so nobody takes it for final; and the two signed notes prove who lied.""".formatted(liar.id()), () -> {
            CosignatureSigner key = liar.witness(genesis());
            SignedNote truth = SignedNote.parse(hospital.wire(story::tell)
                    .get("/ledger/checkpoint")
                    .expect(200)
                    .text());
            Checkpoint checkpoint = Checkpoint.parse(truth.text());
            Checkpoint lie =
                    new Checkpoint(checkpoint.origin(), new TreeHead(checkpoint.size(), Sha256.of(new byte[] {1})));
            SignedNote shown = new SignedNote(lie.text(), List.of(key.sign(lie.text(), Instant.now())));
            hospital.wire(story::tell)
                    .postOpen("/ledger/cosignatures", new NotesMessage(List.of(shown), false).encode())
                    .expect(200);
            String file = hospital.wire(story::tell)
                    .get("/ledger/evidence")
                    .expect(200)
                    .json()
                    .path("evidence")
                    .path(0)
                    .asText();
            Files.writeString(network.seen().directory().file("evidence.txt"), file);
            Evidence.Verdict verdict = Evidence.parse(file).judge(network.seen().trust());
            StepFailedException.unless(
                    verdict.equals(new Evidence.Verdict.Liars(Set.of(liar.id()))), "the evidence says " + verdict);
            Submission.Committed committed = sendAt(other(liar));
            await(() -> hospital.status().path("final").asLong() >= committed.height(), "not final");
            return "evidence.txt names the " + liar.id() + " to whoever has the policy file; the others go on";
        });
    }

    private void remove() {
        story.step("The members vote the liar out", """
                One proposes, the others agree; the one concerned has no vote. From the next block on its node neither
                orders nor cosigns, and its certificates sign nothing.""", () -> {
            List<ConsortiumNode> staying = nodes.subList(0, nodes.size() - 1);
            Instant until = Instant.now().plus(VOTE_WITHIN).truncatedTo(ChronoUnit.SECONDS);
            Submission.Committed proposed = stage.transactions()
                    .send(
                            new NetworkAction.Propose(new Change.RemoveOrganization(liar.id()), until),
                            hospital.admin().credential(),
                            "hospital's admin");
            for (ConsortiumNode voter : staying.subList(1, staying.size())) {
                if (hospital.status().path("witnesses").asInt() == staying.size()) {
                    break; // decided
                }
                new Transactions(voter.address(), genesis().network(), story::tell)
                        .send(
                                new NetworkAction.CastVote(proposed.id(), Vote.APPROVE),
                                voter.admin().credential(),
                                voter.id() + "'s admin");
                awaitHeight(hospital, voter.status().path("height").asLong());
            }
            await(
                    () -> hospital.status().path("witnesses").asInt() == staying.size()
                            && hospital.status().path("ordering").path("nodes").asInt() == staying.size(),
                    "the liar is still a member");
            liar.process().close();
            Submission.Committed committed = sendAt(staying.get(1));
            await(() -> hospital.status().path("final").asLong() >= committed.height(), "not final");
            return "%d nodes are left; final with %d cosignatures"
                    .formatted(staying.size(), hospital.status().path("quorum").asInt());
        });
    }

    private void receiptAcross() {
        story.step("A new receipt is checked with the first policy file", """
                The receipt brings along how the old members named the new ones. Offline; no node is asked.""", () -> {
            Submission.Committed committed = sendAt(nodes.get(1));
            await(() -> hospital.status().path("final").asLong() >= committed.height(), "not final");
            awaitHeight(hospital, committed.height());
            String file = NodeClient.of(hospital.address(), PATIENCE)
                    .receipt(committed.id())
                    .orElseThrow();
            Files.writeString(network.seen().directory().file("receipt-after.txt"), file);
            return switch (Receipt.check(file, network.seen().trust())) {
                case ReceiptCheck.Verified verified ->
                    "verified: block " + verified.height() + ", under " + nodes.size() + " founders' policy";
                case ReceiptCheck.Refused(String reason) -> throw new StepFailedException("refused: " + reason);
            };
        });
    }

    private void verify() {
        story.step("Every remaining node's ledger is verified from its first entry", """
                The nodes are stopped, and their directories read as they lie there.""", () -> {
            List<ConsortiumNode> staying = nodes.subList(0, nodes.size() - 1);
            requireOneState(staying);
            staying.forEach(node -> node.process().close());
            long size = 0;
            for (ConsortiumNode node : staying) {
                size = clean(node).entries();
            }
            return "%d ledgers of %,d entries, clean".formatted(staying.size(), size);
        });
    }

    private Verification.Clean clean(ConsortiumNode node) throws IOException {
        Path ledger = node.data().resolve("ledger");
        Path scratch = Files.createTempDirectory(network.seen().directory().path(), "verification");
        try (StoppedLog log = StoppedLog.open(ledger.resolve("log"), genesis().origin(), node.logKey(genesis()))) {
            int threads = Runtime.getRuntime().availableProcessors();
            Verification found = new LedgerVerifier(log, NetworkRules.rules(), scratch, threads, Progress.NONE)
                    .verify(ledger.resolve("state"));
            return switch (found) {
                case Verification.Clean clean -> clean;
                case Verification.Damaged damaged ->
                    throw new StepFailedException(node.id() + "'s ledger: " + damaged.findings());
            };
        }
    }

    private static void awaitHeight(ConsortiumNode node, long height) {
        await(() -> node.status().path("height").asLong() >= height, node.id() + " does not reach height " + height);
    }

    private static void await(BooleanSupplier condition, String failure) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            StepFailedException.unless(System.nanoTime() - end < 0, failure);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StepFailedException("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process().close());
    }
}
