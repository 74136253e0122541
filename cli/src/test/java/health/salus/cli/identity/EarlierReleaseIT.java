package health.salus.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.NetworkRules;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.finality.Evidence;
import health.salus.ledger.finality.Membership;
import health.salus.ledger.finality.NotesMessage;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.LocalOrdering;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.receipt.ReceiptCheck;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Progress;
import health.salus.ledger.verify.Verification;
import health.salus.ordering.raft.RaftOrdering;
import health.salus.ordering.raft.RaftStatus;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.witness.DirectoryWitnessStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Today's code with what nodes of earlier releases have stored. */
class EarlierReleaseIT {
    private static final Path TESTDATA = Path.of("..", "testdata");
    private static final Set<String> STAYED = Set.of("hospital", "clinic", "laboratory");

    @TempDir
    private Path dir;

    static List<FixtureDirectory> releases() throws IOException {
        try (Stream<Path> all = Files.list(TESTDATA)) {
            return all.filter(path -> path.getFileName().toString().startsWith("ledger-"))
                    .sorted()
                    .map(FixtureDirectory::new)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_ledger_is_verified_from_the_first_entry(FixtureDirectory release) throws IOException {
        release.unpack(dir);

        try (StoppedLog log = StoppedLog.open(
                dir.resolve("ledger/log"),
                release.genesis().origin(),
                release.log().verifier())) {
            assertThat(new LedgerVerifier(log, NetworkRules.rules(), dir.resolve("scratch"), 2, Progress.NONE)
                            .verify(dir.resolve("ledger/state")))
                    .isInstanceOf(Verification.Clean.class);
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_node_goes_on_with_ledger_witness_and_raft(FixtureDirectory release) throws IOException {
        release.unpack(dir);
        TreeHead cosigned = cosigned(release);
        RaftOrdering ordering = raft(release);

        try (Ledger ledger = open(release, ordering)) {
            assertThat(ledger.log().head()).isEqualTo(cosigned);
            assertThat(ledger.finality().finalHeight()).isEqualTo(ledger.height());
            assertThat(ledger.finality().handovers()).isNotEmpty();
            assertThat(ledger.finality().status().recovering()).isFalse();
            assertThat(WitnessSet.in(ledger.state()).members())
                    .extracting(WitnessSet.Member::organization)
                    .containsExactlyInAnyOrderElementsOf(STAYED);
            RaftStatus status = ordering.status();
            assertThat(status.peers()).extracting(RaftOrdering.Peer::id).containsExactlyInAnyOrderElementsOf(STAYED);
            assertThat(status.term()).isPositive();
            assertThat(status.failure()).isEmpty();
            assertThat(ledger.failure()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_state_is_rebuilt_from_the_log(FixtureDirectory release) throws IOException {
        release.unpack(dir);
        BlockHeader last;
        try (Ledger ledger = open(release, new LocalOrdering())) {
            last = ledger.lastBlock();
        }
        try (Stream<Path> state = Files.list(dir.resolve("ledger/state"))) {
            for (Path file : state.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(dir.resolve("ledger/state"));

        try (Ledger ledger = open(release, new LocalOrdering())) {
            assertThat(ledger.lastBlock()).isEqualTo(last); // opening compares the state's root
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_receipts_and_evidence_are_judged_by_the_founders_policy(FixtureDirectory release) throws IOException {
        String receipt = release.text("receipt-after.txt");

        assertThat(Receipt.check(receipt, release.policy())).isInstanceOf(ReceiptCheck.Verified.class);
        assertThat(Receipt.parse(receipt).handovers()).isNotEmpty();
        assertThat(Evidence.parse(release.text("evidence.txt")).judge(release.policy()))
                .isEqualTo(new Evidence.Verdict.Liars(Set.of("insurer")));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void what_its_nodes_send_each_other_is_read_and_written_as_it_was(FixtureDirectory release) throws IOException {
        byte[] batch = release.bytes("batch.bin");
        byte[] notes = release.bytes("notes.json");

        assertThat(BatchCodec.encode(BatchCodec.decode(batch))).isEqualTo(batch);
        assertThat(NotesMessage.parse(notes).encode()).isEqualTo(notes);
        assertThat(Invitation.read(release.path().resolve("invitation.json")).genesis())
                .isEqualTo(release.genesis());
    }

    private TreeHead cosigned(FixtureDirectory release) throws IOException {
        try (DirectoryWitnessStore memory = DirectoryWitnessStore.open(dir.resolve("witness"))) {
            return Checkpoint.parse(memory.latest(release.genesis().origin())
                            .orElseThrow()
                            .text())
                    .head();
        }
    }

    private Ledger open(FixtureDirectory release, Ordering ordering) throws IOException {
        Membership membership =
                new Membership(LedgerFixture.NODE, release.witness(), dir.resolve("witness"), state -> List.of());
        return Ledger.open(
                dir.resolve("ledger"),
                release.log(),
                NetworkRules.rules(),
                state -> ordering,
                Optional.of(membership),
                LedgerOptions.DEFAULT);
    }

    /** As a member of the group that its directory knows, which has no leader now. */
    private RaftOrdering raft(FixtureDirectory release) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return RaftOrdering.create(new RaftOrdering.Settings(
                dir.resolve("raft"),
                release.genesis().network(),
                new RaftOrdering.Peer(LedgerFixture.NODE, "127.0.0.1:" + port),
                "127.0.0.1",
                port,
                List.of(),
                Optional.empty()));
    }
}
