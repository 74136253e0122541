package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.state.StateDamagedException;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.verify.Verification;
import health.salus.tlog.CorruptLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One flipped byte in each kind of stored file is noticed and named when the ledger is opened, read or verified. */
class TamperIT {
    private static final int PLACES = 7;

    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();
    private int copies;

    @BeforeEach
    void begin() {
        try (Ledger ledger = network.create(dir.resolve("ledger"))) {
            network.load(ledger, 600);
        }
    }

    @Test
    void a_flipped_byte_in_the_log_is_named_with_its_file() throws IOException {
        for (Path file :
                files("log", "tile/entries/000", "tile/0/000", "tile/entries/002.p", "tile/0/002.p", "checkpoint")) {
            flips(file).forEach(place -> {
                String noticed = noticed(file, place).orElseThrow(() -> unnoticed(file, place));
                assertThat(noticed)
                        .contains("log file")
                        .contains(file.getFileName().toString());
            });
        }
    }

    @Test
    void a_flipped_byte_in_the_journal_is_noticed_when_it_is_opened() throws IOException {
        Path running = dir.resolve("running");
        Path stopped = dir.resolve("stopped");
        try (Ledger ledger = network.create(running)) {
            network.load(ledger, 40);
            Directories.copy(running, stopped); // as a crash leaves it: nothing is published
        }
        Path journal;
        try (Stream<Path> journals = Files.list(stopped.resolve("log").resolve("journal"))) {
            journal = journals.toList().getFirst();
        }
        int length = (int) Files.size(journal);
        for (int place : new int[] {0, 20, 100, length / 2, length - 60, length - 1}) {
            Path copy = flipped(stopped, stopped.relativize(journal), place);
            assertThat(thrownOnOpening(copy))
                    .as("byte %d", place)
                    .get()
                    .asString()
                    .contains("log file journal");
        }
    }

    @Test
    void a_flipped_byte_in_the_state_is_noticed_and_the_state_can_be_rebuilt() throws IOException {
        for (Path file : files("state", "sst", "MANIFEST", "CURRENT")) {
            flips(file).forEach(place -> {
                String noticed = noticed(file, place).orElseThrow(() -> unnoticed(file, place));
                assertThat(noticed).contains("world state damaged").contains("delete the directory 'state'");
            });
        }
        Path damaged = flipped(dir.resolve("ledger"), files("state", "sst").getFirst(), 100);
        Directories.delete(damaged.resolve("state"));
        try (Ledger ledger = network.open(damaged)) {
            assertThat(TestNetwork.number(ledger.state(), 5)).isEqualTo(7);
        }
    }

    @Test
    void a_log_cut_short_is_noticed() throws IOException {
        Path copy = dir.resolve("short");
        try (Ledger ledger = network.create(copy)) {
            network.load(ledger, 10);
        }
        Path older = dir.resolve("older");
        Directories.copy(copy, older);
        try (Ledger ledger = network.open(copy)) {
            network.load(ledger, 10);
        }
        Directories.delete(copy.resolve("log"));
        Directories.copy(older.resolve("log"), copy.resolve("log"));

        assertThat(thrownOnOpening(copy)).get().asString().contains("the log has only");
    }

    private static AssertionError unnoticed(Path file, int place) {
        return new AssertionError("byte " + place + " of " + file + " was altered unnoticed");
    }

    /** Files of the ledger whose path contains one of {@code parts}, relative to its directory. */
    private List<Path> files(String directory, String... parts) throws IOException {
        Path ledger = dir.resolve("ledger");
        try (Stream<Path> all = Files.walk(ledger.resolve(directory))) {
            List<Path> found = all.filter(Files::isRegularFile)
                    .map(ledger::relativize)
                    .filter(file -> Stream.of(parts).anyMatch(file.toString()::contains))
                    .toList();
            assertThat(found).hasSizeGreaterThanOrEqualTo(parts.length);
            return found;
        }
    }

    private IntStream flips(Path file) throws IOException {
        long size = Files.size(dir.resolve("ledger").resolve(file));
        return IntStream.range(0, PLACES)
                .map(i -> (int) ((size - 1) * i / (PLACES - 1)))
                .distinct();
    }

    private Path flipped(Path ledger, Path file, int place) {
        Path copy = dir.resolve("copy" + copies++);
        Directories.copy(ledger, copy);
        try {
            byte[] bytes = Files.readAllBytes(copy.resolve(file));
            bytes[place] ^= 0x10;
            Files.write(copy.resolve(file), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return copy;
    }

    private Optional<String> noticed(Path file, int place) {
        Path copy = flipped(dir.resolve("ledger"), file, place);
        try {
            Verification found = network.verify(copy, dir.resolve("scratch" + copies));
            if (found instanceof Verification.Damaged(List<Verification.Finding> findings)) {
                return Optional.of(findings.getFirst().what());
            }
        } catch (CorruptLogException e) {
            return Optional.ofNullable(e.getMessage());
        }
        return thrownOnOpening(copy);
    }

    private Optional<String> thrownOnOpening(Path ledger) {
        try (Ledger opened = network.open(ledger)) {
            opened.log().verify(entries -> {});
            return Optional.empty();
        } catch (CorruptLogException | StateDamagedException | LedgerDamagedException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
