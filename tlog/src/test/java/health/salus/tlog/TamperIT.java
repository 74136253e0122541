package health.salus.tlog;

import static health.salus.tlog.LogFixture.TREE;
import static health.salus.tlog.LogFixture.assertHolds;
import static health.salus.tlog.LogFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One flipped byte in each kind of file is noticed and named. */
class TamperIT {
    private static final int SIZE = 66_000;
    private static final int UNPUBLISHED = 30;

    @TempDir
    private static Path directory;

    @TempDir
    private Path copies;

    @BeforeAll
    static void writeLog() {
        try (TileLog log = LogFixture.open(directory)) {
            for (int from = 0; from < SIZE; from += 1000) {
                log.append(entries(from, from + 1000));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoint",
                "tile/entries/000",
                "tile/entries/256",
                "tile/entries/257.p/208",
                "tile/0/000",
                "tile/0/256",
                "tile/0/257.p/208",
                "tile/1/000",
                "tile/1/001.p/1",
                "tile/2/000.p/1"
            })
    void a_flipped_byte_in_a_published_file_is_noticed_and_named(String name) throws IOException {
        Path file = directory.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (int at : new int[] {0, whole.length / 3, whole.length - 1}) {
            byte[] tampered = whole.clone();
            tampered[at] ^= 0x10;
            Files.write(file, tampered);
            try {
                CorruptLogException found = catchThrowableOfType(CorruptLogException.class, () -> openAndVerify());
                assertThat(found).as("byte %d", at).isNotNull();
                assertThat(found.file()).isEqualTo(name);
                assertThat(found).hasMessageContaining(name);
                CorruptLogException alsoByReaders = catchThrowableOfType(
                        CorruptLogException.class,
                        () -> LogFixture.read(directory).verify(verified -> {}));
                assertThat(alsoByReaders).isNotNull();
                assertThat(alsoByReaders.file()).isEqualTo(name);
                assertNamed(name, () -> {
                    try (StoppedLog log = LogFixture.stopped(directory)) {
                        log.verify(verified -> {});
                    }
                });
            } finally {
                Files.write(file, whole);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"tile/entries/001, 300", "tile/0/001, 300", "tile/1/000, 300", "tile/entries/256, 65537"})
    void a_flipped_byte_is_noticed_by_every_way_of_reading_it(String name, int index) throws IOException {
        Path file = directory.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        byte[] tampered = whole.clone();
        for (int at = 0; at < whole.length; at++) { // what belongs to one entry cannot be told from outside: all of it
            tampered[at] ^= 1;
        }
        Files.write(file, tampered);
        try (TileLog log = LogFixture.open(directory)) {
            assertNamed(name, () -> log.entry(index));
            assertNamed(name, () -> log.tile(name));
            assertNamed(name, () -> log.verify(verified -> {}));
            if (name.startsWith("tile/entries")) {
                assertNamed(name, () -> log.scan(index, index + 1, (i, entry) -> {}));
            } else {
                assertNamed(name, () -> log.inclusionProof(index, SIZE));
            }
        } finally {
            Files.write(file, whole);
        }
    }

    @Test
    void the_altered_entry_is_named_by_its_index() throws IOException {
        Path file = directory.resolve("tile/entries/001");
        byte[] whole = Files.readAllBytes(file);
        byte[] tampered = whole.clone();
        tampered[tampered.length - 1] ^= 1;
        Files.write(file, tampered);
        try (TileLog log = LogFixture.open(directory)) {
            CorruptLogException found =
                    catchThrowableOfType(CorruptLogException.class, () -> log.scan(0, SIZE, (i, entry) -> {}));
            assertThat(found.index()).hasValue(511);
            assertThat(log.entry(510)).isEqualTo(TREE.entry(510));
        } finally {
            Files.write(file, whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "tile/entries/001", "tile/0/001", "tile/1/000", "tile/2/000.p/1", "journal"})
    void a_missing_file_is_noticed_and_named(String name) throws IOException {
        Path file = directory.resolve(name);
        Path away = copies.resolve("away");
        Files.move(file, away);
        try {
            assertNamed(name, this::openAndVerify);
        } finally {
            if (Files.isDirectory(file)) {
                Files.delete(file);
            }
            Files.move(away, file);
        }
    }

    @Test
    void a_flipped_byte_anywhere_in_a_journal_is_noticed() throws IOException {
        Path open = copyWithUnpublishedFrames();
        Path journal = open.resolve(Journal.name(SIZE));
        byte[] whole = Files.readAllBytes(journal);
        for (int at = 0; at < whole.length; at++) {
            byte[] tampered = whole.clone();
            tampered[at] ^= 1;
            Files.write(journal, tampered);
            CorruptLogException found = catchThrowableOfType(
                    CorruptLogException.class, () -> openAnew(open).close());
            assertThat(found).as("byte %d", at).isNotNull();
            assertThat(found.file()).isEqualTo(Journal.name(SIZE));
            assertNamed(Journal.name(SIZE), () -> LogFixture.stopped(open).close());
        }
    }

    @Test
    void a_frame_that_was_never_finished_is_cut_whatever_is_left_of_it() throws IOException {
        Path open = copyWithUnpublishedFrames();
        Path journal = open.resolve(Journal.name(SIZE));
        byte[] whole = Files.readAllBytes(journal);
        int lastFrame = lastFrameOf(journal);
        for (int kept = lastFrame; kept < whole.length; kept++) {
            Files.write(journal, Arrays.copyOf(whole, kept));
            try (StoppedLog log = LogFixture.stopped(open)) {
                assertThat(log.head().size()).isEqualTo(SIZE + UNPUBLISHED);
            }
            assertOpensWithout(open, journal, lastFrame);
            if (kept <= lastFrame + JournalFormat.FRAME_HEADER_BYTES - 4 || kept >= lastFrame + 32) {
                byte[] zeroes = Arrays.copyOf(Arrays.copyOf(whole, Math.min(kept, whole.length - 32)), whole.length);
                Files.write(journal, zeroes);
                assertOpensWithout(open, journal, lastFrame);
            }
        }
    }

    @Test
    void a_tile_altered_before_it_was_published_is_noticed_and_one_not_written_is_restored() throws IOException {
        Path open = Files.createDirectory(copies.resolve("open"));
        LogFixture.open(open, TileLog.Options.DEFAULT, new TestDisk(open, TestDisk.NONE))
                .append(entries(0, 600));
        Path tile = open.resolve("tile/0/001");
        byte[] whole = Files.readAllBytes(tile);

        byte[] tampered = whole.clone();
        tampered[77] ^= 1;
        Files.write(tile, tampered);
        assertNamed("tile/0/001", () -> LogFixture.stopped(open).close());
        assertNamed("tile/0/001", () -> openAnew(open).close());

        Files.write(tile, Arrays.copyOf(Arrays.copyOf(whole, 4096), whole.length));
        Files.delete(open.resolve("tile/entries/000"));
        try (StoppedLog log = LogFixture.stopped(open)) {
            assertHolds(log, 600);
        }
        assertThat(open.resolve("tile/entries/000")).doesNotExist();
        try (TileLog log = openAnew(open)) {
            assertHolds(log, 600);
        }
        assertThat(tile).hasBinaryContent(whole);
    }

    @Test
    void an_older_checkpoint_put_in_place_of_the_newer_is_noticed() throws IOException {
        Path open = Files.createDirectory(copies.resolve("rolled-back"));
        byte[] older;
        try (TileLog log = openAnew(open)) {
            log.append(entries(0, 10));
            log.publish();
            older = Files.readAllBytes(open.resolve("checkpoint"));
            log.append(entries(10, 20));
        }
        Files.write(open.resolve("checkpoint"), older);
        assertNamed("checkpoint", () -> openAnew(open).close());
    }

    private static void assertOpensWithout(Path open, Path journal, int lastFrame) throws IOException {
        LogFixture.open(open, TileLog.Options.DEFAULT, new TestDisk(open, TestDisk.NONE));
        assertThat(Files.size(journal)).isEqualTo(lastFrame);
    }

    private static int lastFrameOf(Path journal) throws IOException {
        try (JournalReader reader = new JournalReader(journal, "journal", LogFixture.ORIGIN)) {
            long last = reader.position();
            for (long next = last; reader.next() != null; next = reader.position()) {
                last = next;
            }
            return (int) last;
        }
    }

    /** A copy of the log as a killed process leaves it: with two frames in its journal. */
    private Path copyWithUnpublishedFrames() throws IOException {
        Path open = copies.resolve("killed");
        LogFixture.copy(directory, open);
        TileLog log = LogFixture.open(open, TileLog.Options.DEFAULT, new TestDisk(open, TestDisk.NONE));
        log.append(entries(SIZE, SIZE + UNPUBLISHED));
        log.append(entries(SIZE + UNPUBLISHED, SIZE + UNPUBLISHED + 5));
        return open;
    }

    private void openAndVerify() {
        try (TileLog log = LogFixture.open(directory, TileLog.Options.DEFAULT, new LocalDisk())) {
            log.verify(verified -> {});
        }
    }

    private static TileLog openAnew(Path open) {
        return LogFixture.open(open, TileLog.Options.DEFAULT, new LocalDisk());
    }

    private static void assertNamed(String name, ThrowingCallable reading) {
        CorruptLogException found = catchThrowableOfType(CorruptLogException.class, reading);
        assertThat(found).isNotNull();
        assertThat(found.file()).isEqualTo(name);
    }
}
