package health.salus.tlog;

import static health.salus.tlog.LogFixture.TREE;
import static health.salus.tlog.LogFixture.assertHolds;
import static health.salus.tlog.LogFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.tlog.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log serves is what c2sp.org/tlog-tiles says, and enough for a stranger to read it. */
class TileServingIT {
    @TempDir
    private Path directory;

    @Test
    void a_log_of_600_serves_its_full_tiles_and_every_width_of_the_others() {
        try (TileLog log = LogFixture.open(directory)) {
            log.append(entries(0, 600));
            assertThat(log.tile("tile/0/000"))
                    .hasValueSatisfying(tile -> assertThat(tile).hasSize(8192));
            assertThat(log.tile("tile/0/001.p/255"))
                    .hasValueSatisfying(tile -> assertThat(tile).hasSize(255 * 32));
            assertThat(log.tile("tile/0/002.p/88"))
                    .hasValueSatisfying(tile -> assertThat(tile).hasSize(88 * 32));
            assertThat(log.tile("tile/0/002.p/89")).isEmpty();
            assertThat(log.tile("tile/0/002")).isEmpty();
            assertThat(log.tile("tile/1/000.p/2"))
                    .hasValueSatisfying(tile -> assertThat(tile).hasSize(64));
            assertThat(log.tile("tile/1/000.p/3")).isEmpty();
            assertThat(log.tile("tile/2/000.p/1")).isEmpty();
            assertThat(log.tile("tile/entries/002.p/1"))
                    .hasValueSatisfying(bundle -> assertThat(bundle).isEqualTo(record(TREE.entry(512))));
            assertThat(log.tile("tile/entries/000.p/1"))
                    .hasValueSatisfying(bundle -> assertThat(bundle).isEqualTo(record(TREE.entry(0))));
            assertThat(log.tile("tile/0/../../journal")).isEmpty();
        }
    }

    private static byte[] record(byte[] entry) {
        return ("\0" + (char) entry.length + new String(entry, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void a_stranger_reads_the_whole_log_from_what_is_served() {
        try (TileLog log = LogFixture.open(directory)) {
            log.append(entries(0, 66_500));
            String checkpoint = log.checkpoint().encode();
            TileSource served = path -> path.equals("checkpoint")
                    ? Optional.of(checkpoint.getBytes(StandardCharsets.UTF_8))
                    : log.tile(path);
            LogReader reader = LogReader.open(served, LogFixture.ORIGIN, LogFixture.SIGNER.verifier());
            assertHolds(reader, 66_500);
            assertThat(reader.entry(66_000)).isEqualTo(TREE.entry(66_000));
        }
    }

    @Test
    void a_reader_opens_an_older_checkpoint_when_partial_tiles_have_become_full() {
        byte[] older;
        try (TileLog log = LogFixture.open(directory)) {
            log.append(entries(0, 300));
            log.publish();
            older = log.checkpoint().encode().getBytes(StandardCharsets.UTF_8);
            log.append(entries(300, 1_024));
        }
        TileSource files = TileSource.directory(directory);
        TileSource old = path -> path.equals("checkpoint") ? Optional.of(older) : files.read(path);
        assertHolds(LogReader.open(old, LogFixture.ORIGIN, LogFixture.SIGNER.verifier()), 300);
    }

    @Test
    void partial_tiles_of_published_checkpoints_stay_until_the_full_tile_is_there() throws Exception {
        try (TileLog log = LogFixture.open(directory)) {
            log.append(entries(0, 100));
            log.publish();
            log.append(entries(100, 150));
            log.publish();
            log.append(entries(150, 600));
            log.publish();
            log.append(entries(600, 610));
        }
        try (Stream<Path> files = Files.walk(directory.resolve("tile"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "tile/0/000",
                            "tile/0/001",
                            "tile/0/002.p/88",
                            "tile/0/002.p/98",
                            "tile/1/000.p/2",
                            "tile/entries/000",
                            "tile/entries/001",
                            "tile/entries/002.p/88",
                            "tile/entries/002.p/98");
        }
    }

    @Test
    void a_checkpoint_of_another_log_or_key_is_refused() {
        try (TileLog log = LogFixture.open(directory)) {
            log.append(List.of(new byte[] {1}));
        }
        NoteSigner other = NoteSigner.generate(LogFixture.ORIGIN, new SecureRandom());
        assertThatThrownBy(() -> LogReader.open(TileSource.directory(directory), LogFixture.ORIGIN, other.verifier()))
                .isInstanceOf(CorruptLogException.class);
        assertThatThrownBy(() ->
                        LogReader.open(TileSource.directory(directory), "another origin", LogFixture.SIGNER.verifier()))
                .isInstanceOf(CorruptLogException.class);
        assertThatThrownBy(() -> TileLog.open(directory, LogFixture.ORIGIN, other))
                .isInstanceOf(CorruptLogException.class);
        NoteSigner otherName = NoteSigner.generate("example.org/other", new SecureRandom());
        assertThatThrownBy(() -> TileLog.open(directory, LogFixture.ORIGIN, otherName))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TileLog.open(directory, "example.org/other", otherName))
                .isInstanceOf(CorruptLogException.class);
    }
}
