package health.salus.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.ReferenceTree;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The log that storage tests write: entry i is that of one reference tree. */
final class LogFixture {
    static final String ORIGIN = "example.org/log";
    static final NoteSigner SIGNER = NoteSigner.generate(ORIGIN, new SecureRandom());
    static final ReferenceTree TREE = ReferenceTree.of(66_500);

    private LogFixture() {}

    static TileLog open(Path directory, TileLog.Options options, Disk disk) {
        return TileLog.open(directory, ORIGIN, SIGNER, options, disk, Runnable::run);
    }

    static TileLog open(Path directory) {
        return TileLog.open(directory, ORIGIN, SIGNER);
    }

    static LogReader read(Path directory) {
        return LogReader.open(TileSource.directory(directory), ORIGIN, SIGNER.verifier());
    }

    static StoppedLog stopped(Path directory) {
        return StoppedLog.open(directory, ORIGIN, SIGNER.verifier());
    }

    /** All files below {@code directory} and what is in them. */
    static Map<Path, String> files(Path directory) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Sha256.of(Files.readAllBytes(file)).toString());
            }
        }
        return contents;
    }

    static List<byte[]> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(TREE::entry).toList();
    }

    /** Asserts that the log is exactly the first {@code size} entries. */
    static void assertHolds(ReadableLog log, int size) {
        assertThat(log.head()).isEqualTo(TREE.head(size));
        log.scan(0, size, (index, entry) -> assertThat(entry).isEqualTo(TREE.entry((int) index)));
        log.verify(verified -> {});
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
