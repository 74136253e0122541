package health.salus.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.tlog.merkle.ReferenceTree;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.NoteCheck;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileLogIT {
    private static final String ORIGIN = "example.org/log";
    private static final NoteSigner SIGNER = NoteSigner.generate(ORIGIN, new SecureRandom());
    private static final int MOST = 70_000;
    private static final ReferenceTree TREE = ReferenceTree.of(MOST);

    @TempDir
    private Path directory;

    @Test
    void a_new_log_is_empty_and_opens_again_empty() {
        try (TileLog log = open()) {
            assertThat(log.head()).isEqualTo(TreeHead.EMPTY);
            assertThat(log.append(List.of())).isEqualTo(TreeHead.EMPTY);
        }
        try (TileLog log = open()) {
            assertThat(log.head()).isEqualTo(TreeHead.EMPTY);
        }
        assertThat(reader().head()).isEqualTo(TreeHead.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 512, 65_536, MOST})
    void a_log_of_any_size_reads_the_same_before_and_after_closing(int size) {
        try (TileLog log = open()) {
            fill(log, size);
            assertReads(log, size);
        }
        try (TileLog log = open()) {
            assertReads(log, size);
        }
        assertReads(reader(), size);
    }

    @Test
    void every_tree_size_to_300_gives_the_roots_and_proofs_of_the_definition() {
        try (TileLog log = open()) {
            for (int size = 1; size <= 300; size++) {
                assertThat(log.append(List.of(TREE.entry(size - 1)))).isEqualTo(TREE.head(size));
            }
            for (int size = 1; size <= 300; size++) {
                assertThat(log.head(size)).isEqualTo(TREE.head(size));
                for (int index = 0; index < size; index += 1 + size / 50) {
                    assertThat(log.inclusionProof(index, size)).isEqualTo(TREE.inclusion(index, size));
                    assertThat(log.consistencyProof(index, size)).isEqualTo(TREE.consistency(index, size));
                }
            }
        }
    }

    @Test
    void a_checkpoint_is_signed_by_the_log_for_the_current_head() {
        try (TileLog log = open()) {
            fill(log, 3);
            SignedNote note = log.checkpoint();
            assertThat(note.verify(List.of(SIGNER.verifier()))).isInstanceOf(NoteCheck.Verified.class);
            assertThat(log.checkpoint()).isSameAs(note);
            log.append(List.of(TREE.entry(3)));
            assertThat(log.checkpoint()).isNotEqualTo(note);
        }
    }

    @Test
    void a_second_writer_is_refused() {
        try (TileLog log = open()) {
            assertThatThrownBy(this::open).isInstanceOf(LogLockedException.class);
            assertThat(log.head()).isEqualTo(TreeHead.EMPTY);
        }
        open().close();
    }

    @Test
    void entries_have_1_to_65535_bytes_and_a_wrong_one_adds_none() {
        try (TileLog log = open()) {
            assertThatThrownBy(() -> log.append(List.of(new byte[1], new byte[0])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append(List.of(new byte[1], new byte[65_536])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(log.head()).isEqualTo(TreeHead.EMPTY);
            log.append(List.of(new byte[1], new byte[65_535]));
            assertThat(log.entry(1)).hasSize(65_535);
        }
    }

    private void assertReads(ReadableLog log, int size) {
        assertThat(log.head()).isEqualTo(TREE.head(size));
        List<byte[]> found = new ArrayList<>();
        log.scan(0, size, (index, entry) -> {
            assertThat(index).isEqualTo(found.size());
            found.add(entry);
        });
        for (int index = 0; index < size; index += Math.max(1, size / 97)) {
            assertThat(found.get(index)).isEqualTo(TREE.entry(index));
            assertThat(log.entry(index)).isEqualTo(TREE.entry(index));
            assertThat(log.inclusionProof(index, size)).isEqualTo(TREE.inclusion(index, size));
            assertThat(log.consistencyProof(index, size)).isEqualTo(TREE.consistency(index, size));
        }
        log.verify(verified -> assertThat(verified).isPositive());
    }

    private static void fill(TileLog log, int size) {
        for (int from = 0; from < size; from += 1000) {
            log.append(IntStream.range(from, Math.min(size, from + 1000))
                    .mapToObj(TREE::entry)
                    .toList());
        }
    }

    private TileLog open() {
        return TileLog.open(directory, ORIGIN, SIGNER, new TileLog.Options(100_000, 8));
    }

    private LogReader reader() {
        return LogReader.open(TileSource.directory(directory), ORIGIN, SIGNER.verifier());
    }
}
