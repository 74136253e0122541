package health.salus.cli.ledger;

import static health.salus.cli.CliRun.salus;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Sha256;
import health.salus.ledger.Ledger;
import health.salus.ledger.block.Entry;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.note.SignatureVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code salus verify} of what kill -9 leaves of a node under load, before anybody opens it again. */
class KilledLedgerIT {
    private static final int KILLS = 5;

    @TempDir
    private Path dir;

    private final LoadedLedger loaded = LoadedLedger.create();
    private Path ledger;

    @BeforeEach
    void keys() throws IOException {
        ledger = dir.resolve("ledger");
        loaded.save(dir.resolve("keys"));
    }

    @Test
    void it_verifies_with_all_that_was_acknowledged_and_stays_as_it_is() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(runAndKill(random.nextInt(500)));
            String when = "seed %d, kill %d".formatted(seed, kill);
            assertThat(ledger.resolve("log/checkpoint")).as(when).doesNotExist(); // so nothing but the journal knows
            Map<String, Sha256> before = files();

            CliRun verified = verify(ledger, "--json");

            assertThat(verified.err()).as(when).isEmpty();
            assertThat(verified.exitCode()).as(when + ": " + verified.out()).isZero();
            assertThat(verified.json().members().get("transactions"))
                    .as(when)
                    .isInstanceOfSatisfying(
                            JsonInteger.class,
                            transactions ->
                                    assertThat(transactions.value()).isGreaterThanOrEqualTo(acknowledged.size()));
            assertHolds(acknowledged, when);
            assertThat(files()).as(when).isEqualTo(before);
        }
    }

    @Test
    void altering_a_byte_of_it_is_damage_that_is_named() throws Exception {
        beginAndClose();
        List<String> acknowledged = runAndKill(200);
        Path journal = journal();
        long size = Files.size(journal);

        assertThat(verify(ledger).exitCode()).isZero();
        for (long place : new long[] {3, 30, size / 3, size / 2, size - 700}) {
            assertNoticed(journal, place, "damaged log", "log file journal/");
        }
        for (String tile : List.of("tile/entries/000", "tile/0/000", "checkpoint")) {
            assertNoticed(ledger.resolve("log").resolve(tile), 100, "damaged log", "log file " + tile);
        }
        for (Path file : state()) {
            assertNoticed(file, Files.size(file) / 2, "damaged state", "world state damaged");
        }
        assertThat(verify(ledger).exitCode()).isZero(); // every byte is back
        assertHolds(acknowledged, "in the end");
    }

    @Test
    void a_journal_put_back_to_an_earlier_one_is_damage() throws Exception {
        beginAndClose();
        Path journal = journal();
        byte[] older = Files.readAllBytes(journal);
        try (Ledger again = loaded.open(ledger)) {
            again.submit(loaded.enrolment().jws()).join();
        }
        Files.delete(journal());
        Files.write(journal, older);

        assertThat(verify(ledger)).satisfies(verified -> {
            assertThat(verified.exitCode()).isEqualTo(4);
            assertThat(verified.out()).contains("damaged");
        });
    }

    @Test
    void a_ledger_whose_node_runs_is_refused() throws Exception {
        try (Ledger _ = loaded.open(ledger)) {
            CliRun here = verify(ledger);
            assertThat(here.exitCode()).isEqualTo(3);
            assertThat(here.err()).hasLineCount(1).contains("is open elsewhere", "stop the node");
        }
        Process node = start();
        try (BufferedReader lines = node.inputReader(US_ASCII)) {
            assertThat(lines.readLine()).isEqualTo("open");
            assertThat(verify(ledger).exitCode()).isEqualTo(3);
        } finally {
            node.destroyForcibly().waitFor();
        }
        assertThat(verify(ledger).exitCode()).isZero();
    }

    /** Begins the ledger with two full tiles of entries and a state on the disk. */
    private void beginAndClose() {
        try (Ledger begun = loaded.open(ledger)) {
            Stream.generate(loaded::enrolment)
                    .limit(520)
                    .map(transaction -> begun.submit(transaction.jws()))
                    .toList()
                    .forEach(answer -> answer.join());
        }
    }

    private CliRun verify(Path path, String... more) {
        return more.length == 0
                ? salus("verify", path, "--log-key", loaded.logKey())
                : salus("verify", path, "--log-key", loaded.logKey(), more[0]);
    }

    private void assertNoticed(Path file, long place, String... words) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] altered = whole.clone();
        altered[(int) place] ^= 0x10;
        Files.write(file, altered);
        CliRun verified = verify(ledger);
        assertThat(verified.exitCode()).as("byte %d of %s", place, file).isEqualTo(4);
        assertThat(verified.out()).contains(words);
        Files.write(file, whole);
    }

    private void assertHolds(List<String> acknowledged, String when) {
        SignatureVerifier key = SignatureVerifier.of(loaded.logKey());
        try (StoppedLog log = StoppedLog.open(ledger.resolve("log"), key.name(), key)) {
            assertThat(acknowledged).as(when).allSatisfy(line -> {
                String[] fields = line.split(" ", 2);
                assertThat(Entry.decode(log.entry(Long.parseLong(fields[1]))))
                        .isInstanceOfSatisfying(
                                Entry.TransactionEntry.class,
                                entry -> assertThat(
                                                Transaction.parse(entry.jws()).id())
                                        .hasToString(fields[0]));
            });
        }
    }

    private Path journal() throws IOException {
        try (Stream<Path> journals = Files.list(ledger.resolve("log/journal"))) {
            return journals.sorted().toList().getLast();
        }
    }

    private List<Path> state() throws IOException {
        try (Stream<Path> files = Files.list(ledger.resolve("state"))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".sst")
                            || file.getFileName().toString().startsWith("MANIFEST"))
                    .toList();
            assertThat(found).hasSizeGreaterThanOrEqualTo(2);
            return found;
        }
    }

    private Map<String, Sha256> files() throws IOException {
        Map<String, Sha256> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ledger)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Sha256.of(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadedLedger.class.getName(),
                        dir.resolve("keys").toString(),
                        ledger.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Lets the node acknowledge a few transactions and some time pass; kills it, and answers what it acknowledged. */
    private List<String> runAndKill(int millis) throws IOException, InterruptedException {
        Process node = start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = node.inputReader(US_ASCII)) {
            assertThat(lines.readLine()).isEqualTo("open");
            for (int i = 0; i < 20; i++) {
                acknowledged.add(lines.readLine());
            }
            Thread.sleep(millis);
            node.toHandle().destroyForcibly(); // SIGKILL; leaves the pipe open
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged.add(line);
            }
        }
        node.waitFor();
        acknowledged.removeIf(line -> line == null || !line.matches("[0-9a-f]{64} [0-9]+")); // cut by the kill
        assertThat(acknowledged).isNotEmpty();
        return acknowledged;
    }
}
