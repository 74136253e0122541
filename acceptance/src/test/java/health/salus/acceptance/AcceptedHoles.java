package health.salus.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Holes that were looked at and don't matter for a while: lines of {@code <id> <day until which> <why>} in {@code
 * docs/accepted-holes.txt}; what begins with {@code #} says something else.
 */
record AcceptedHoles(List<Line> lines) {
    static final Path FILE = Path.of("../docs/accepted-holes.txt");

    record Line(String id, LocalDate until) {}

    static AcceptedHoles read(Path file) throws IOException {
        return new AcceptedHoles(Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(AcceptedHoles::line)
                .toList());
    }

    private static Line line(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length < 3 || parts[2].isBlank()) {
            throw new IllegalArgumentException("accepted hole '" + text + "' (expected: <id> <yyyy-mm-dd> <why>)");
        }
        return new Line(parts[0], LocalDate.parse(parts[1]));
    }

    /** Of {@code holes} those that are accepted no more on {@code day}, or never were. */
    List<KnownHoles.Hole> missingOf(List<KnownHoles.Hole> holes, LocalDate day) {
        return holes.stream()
                .filter(hole -> lines.stream()
                        .noneMatch(line ->
                                line.id().equals(hole.id()) && !line.until().isBefore(day)))
                .toList();
    }
}
