package health.salus.tlog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.ReferenceTree;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessIT {
    private static final String ORIGIN = "example.org/log";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NoteSigner LOG = NoteSigner.generate(ORIGIN, RANDOM);
    private static final CosignatureSigner SIGNER = CosignatureSigner.generate("example.org/witness", RANDOM);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ReferenceTree TREE = ReferenceTree.of(200);
    private static final TreeHead FORKED = new TreeHead(10, Sha256.of(new byte[] {1}));

    @TempDir
    private Path directory;

    private DirectoryWitnessStore store;
    private Witness witness;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryWitnessStore.open(directory);
        witness = new Witness(SIGNER, List.of(LOG.verifier()), store, InstantSource.fixed(NOON));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void consistent_checkpoints_are_cosigned_and_remembered() throws IOException {
        for (int[] step : new int[][] {{0, 10}, {10, 10}, {10, 64}, {64, 200}}) {
            AddCheckpoint request = request(step[0], step[1]);
            WitnessAnswer answer = witness.cosign(request.encode().getBytes(StandardCharsets.UTF_8));

            assertThat(answer.status()).isEqualTo(200);
            WitnessAnswer.Cosigned cosigned = (WitnessAnswer.Cosigned) answer;
            SignedNote note = request.checkpoint().with(cosigned.cosignature());
            assertThat(note.verify(List.of(LOG.verifier(), SIGNER.verifier())).isVerified())
                    .isTrue();
            assertThat(CosignatureVerifier.time(cosigned.cosignature())).isEqualTo(NOON);
            assertThat(witness.latest(ORIGIN)).hasValue(note);
            assertThat(answer.body()).isEqualTo(cosigned.cosignature().line() + "\n");
        }
    }

    @Test
    void a_witness_remembers_across_restarts() throws IOException {
        witness.cosign(request(0, 10));
        store.close();
        open();
        assertThat(witness.cosign(request(0, 64))).isEqualTo(new WitnessAnswer.Conflict(10));
        assertThat(witness.cosign(request(10, 64)).status()).isEqualTo(200);
    }

    @Test
    void what_the_memory_has_lost_is_recalled_and_nothing_smaller_or_of_others() throws IOException {
        SignedNote lost = cosigned(SIGNER, 64);
        witness.cosign(request(0, 10));

        witness.recall(lost);
        witness.recall(cosigned(SIGNER, 10));

        assertThat(witness.latest(ORIGIN)).hasValue(lost);
        assertThat(store.latest(ORIGIN)).hasValue(lost);
        assertThat(witness.cosign(request(10, 64))).isEqualTo(new WitnessAnswer.Conflict(64));
        SignedNote foreign = cosigned(CosignatureSigner.generate("example.org/witness", RANDOM), 200);
        assertThatThrownBy(() -> witness.recall(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThat(witness.latest(ORIGIN)).hasValue(lost);
    }

    private static SignedNote cosigned(CosignatureSigner signer, int size) {
        SignedNote note = checkpoint(TREE.head(size));
        return note.with(signer.sign(note.text(), NOON));
    }

    @Test
    void another_old_size_than_the_last_is_a_conflict_that_tells_the_last() throws IOException {
        witness.cosign(request(0, 64));
        for (AddCheckpoint request : List.of(request(0, 64), request(10, 64), request(10, 20), request(100, 200))) {
            WitnessAnswer answer = witness.cosign(request);
            assertThat(answer).isEqualTo(new WitnessAnswer.Conflict(64));
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body()).isEqualTo("64\n");
        }
    }

    @Test
    void an_old_size_beyond_the_checkpoint_is_malformed() throws IOException {
        AddCheckpoint request = new AddCheckpoint(11, new ConsistencyProof(List.of()), checkpoint(TREE.head(10)));
        assertThat(witness.cosign(request).status()).isEqualTo(400);
        assertThat(witness.cosign("old 1".getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(400);
    }

    @Test
    void a_proof_that_does_not_verify_is_inconsistent() throws IOException {
        witness.cosign(request(0, 10));
        SignedNote next = checkpoint(TREE.head(64));
        assertThat(witness.cosign(new AddCheckpoint(10, TREE.consistency(9, 64), next))
                        .status())
                .isEqualTo(422);
        assertThat(witness.cosign(new AddCheckpoint(10, new ConsistencyProof(List.of()), next))
                        .status())
                .isEqualTo(422);
        assertThat(witness.latest(ORIGIN).orElseThrow().text())
                .isEqualTo(checkpoint(TREE.head(10)).text());
    }

    @Test
    void a_proof_from_nothing_must_be_empty() throws IOException {
        AddCheckpoint request = new AddCheckpoint(0, TREE.consistency(10, 64), checkpoint(TREE.head(64)));
        assertThat(witness.cosign(request).status()).isEqualTo(422);
    }

    @Test
    void an_empty_log_has_the_root_of_nothing() throws IOException {
        Checkpoint wrong = new Checkpoint(ORIGIN, 0, FORKED.root(), List.of());
        AddCheckpoint request = new AddCheckpoint(0, new ConsistencyProof(List.of()), wrong.sign(LOG));
        assertThat(witness.cosign(request).status()).isEqualTo(422);
        assertThat(witness.cosign(request(0, 0)).status()).isEqualTo(200);
        assertThat(witness.cosign(request(0, 10)).status()).isEqualTo(200);
    }

    @Test
    void two_roots_for_one_size_get_no_cosignature_and_both_notes_are_kept() throws IOException {
        SignedNote fork = checkpoint(FORKED);
        witness.cosign(request(0, 10));

        assertThat(witness.cosign(new AddCheckpoint(10, new ConsistencyProof(List.of()), fork))
                        .status())
                .isEqualTo(422);

        List<Path> evidence;
        try (Stream<Path> files = Files.list(directory)) {
            evidence = files.filter(file -> file.toString().contains("equivocation"))
                    .toList();
        }
        assertThat(evidence)
                .singleElement()
                .satisfies(file -> assertThat(Files.readString(file))
                        .contains(checkpoint(TREE.head(10)).encode(), fork.encode()));
    }

    @Test
    void unknown_logs_and_untrusted_signatures_are_told_apart() throws IOException {
        NoteSigner other = NoteSigner.generate(ORIGIN, RANDOM);
        Checkpoint checkpoint = new Checkpoint(ORIGIN, TREE.head(10));
        ConsistencyProof none = new ConsistencyProof(List.of());
        SignedNote forged = new SignedNote(checkpoint.text(), List.of(LOG.sign("another text\n")));
        Checkpoint unknown = new Checkpoint("example.org/unknown", TREE.head(10));

        assertThat(witness.cosign(new AddCheckpoint(0, none, checkpoint.sign(other)))
                        .status())
                .isEqualTo(403);
        assertThat(witness.cosign(new AddCheckpoint(0, none, forged)).status()).isEqualTo(403);
        assertThat(witness.cosign(new AddCheckpoint(0, none, unknown.sign(LOG))).status())
                .isEqualTo(404);
        assertThat(witness.latest(ORIGIN)).isEmpty();
    }

    @Test
    void what_cannot_be_remembered_is_not_cosigned() {
        WitnessStore failing = new WitnessStore() {
            @Override
            public Optional<SignedNote> latest(String origin) {
                return Optional.empty();
            }

            @Override
            public void save(String origin, SignedNote note) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void saveEquivocation(String origin, SignedNote cosigned, SignedNote other) {}
        };
        Witness forgetful = new Witness(SIGNER, List.of(LOG.verifier()), failing, InstantSource.fixed(NOON));
        assertThatThrownBy(() -> forgetful.cosign(request(0, 10))).isInstanceOf(IOException.class);
    }

    @Test
    void a_memory_that_somebody_altered_stops_the_witness() throws IOException {
        witness.cosign(request(0, 64));
        SignedNote notCosigned = checkpoint(TREE.head(10));
        store.save(ORIGIN, notCosigned);
        store.close();
        open();
        assertThatThrownBy(() -> witness.cosign(request(10, 20))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest(name = "after {0} checkpoints")
    @ValueSource(ints = {2, 3})
    void a_torn_write_leaves_what_was_cosigned_before(int cosigned) throws IOException {
        for (int size = 1; size <= cosigned; size++) {
            witness.cosign(request(size - 1, size));
        }
        damage(cosigned - 1);

        assertThat(size(witness.latest(ORIGIN))).isEqualTo(cosigned - 1);
        assertThat(witness.cosign(request(cosigned - 1, 20)).status()).isEqualTo(200);
        store.close();
        open();
        assertThat(size(witness.latest(ORIGIN))).isEqualTo(20);
    }

    @Test
    void a_memory_of_which_nothing_is_whole_stops_the_witness() throws IOException {
        witness.cosign(request(0, 10));
        witness.cosign(request(10, 20));
        damage(0);
        damage(1);
        assertThatThrownBy(() -> witness.latest(ORIGIN)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> witness.cosign(request(20, 30))).isInstanceOf(IOException.class);
    }

    @Test
    void the_memory_of_an_earlier_release_is_taken_over() throws IOException {
        witness.cosign(request(0, 10));
        SignedNote cosigned = witness.latest(ORIGIN).orElseThrow();
        store.close();
        Path file = memory();
        Path earlier = directory.resolve(file.getFileName().toString().replace(".cosigned", ".checkpoint"));
        Files.delete(file);
        Files.writeString(earlier, cosigned.encode());
        open();

        assertThat(witness.latest(ORIGIN)).hasValue(cosigned);
        assertThat(witness.cosign(request(10, 20)).status()).isEqualTo(200);
        assertThat(size(witness.latest(ORIGIN))).isEqualTo(20);
        assertThat(earlier).doesNotExist();
    }

    private Path memory() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".cosigned"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Closes the memory, flips a bit in the note that was saved after so many others, and opens it again. */
    private void damage(int before) throws IOException {
        store.close();
        try (RandomAccessFile file = new RandomAccessFile(memory().toFile(), "rw")) {
            long at = before % 2 * (64L << 10) + 100;
            file.seek(at);
            int one = file.read();
            file.seek(at);
            file.write(one ^ 1);
        }
        open();
    }

    private static long size(Optional<SignedNote> note) {
        return Checkpoint.parse(note.orElseThrow().text()).size();
    }

    @Test
    void a_second_witness_cannot_share_the_memory() {
        assertThatThrownBy(() -> DirectoryWitnessStore.open(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void of_many_requests_at_once_from_one_size_exactly_one_is_cosigned() throws Exception {
        witness.cosign(request(0, 10));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<WitnessAnswer>> requests = IntStream.range(11, 43)
                    .<Callable<WitnessAnswer>>mapToObj(size -> () -> witness.cosign(request(10, size)))
                    .toList();
            List<Integer> answers = new ArrayList<>();
            for (Future<WitnessAnswer> answer : threads.invokeAll(requests)) {
                answers.add(answer.get().status());
            }
            assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
        }
    }

    private static AddCheckpoint request(int older, int newer) {
        return new AddCheckpoint(older, TREE.consistency(older, newer), checkpoint(TREE.head(newer)));
    }

    private static SignedNote checkpoint(TreeHead head) {
        return new Checkpoint(ORIGIN, head).sign(LOG);
    }
}
