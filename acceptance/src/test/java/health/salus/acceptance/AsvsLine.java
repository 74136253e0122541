package health.salus.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A line of a table in {@code docs/asvs.md}.
 *
 * @param ids of the requirements that it is about
 * @param state whether they hold, and what is missing or why they don't apply
 * @param where classes and documents
 * @param test classes
 */
record AsvsLine(List<String> ids, String state, String where, String test) {
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*)`");

    /** All lines about requirements; their first cell begins with a digit. */
    static List<AsvsLine> of(Path document) throws IOException {
        return Files.readString(document)
                .lines()
                .filter(line -> line.matches("\\| [0-9].*"))
                .map(AsvsLine::parse)
                .toList();
    }

    static AsvsLine parse(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 7) {
            throw new IllegalArgumentException("line of " + (cells.length - 2) + " cells (expected: 5): " + line);
        }
        return new AsvsLine(
                List.of(cells[1].strip().split(", ")), cells[3].strip(), cells[4].strip(), cells[5].strip());
    }

    /** Names of classes in the cell {@code where}. */
    List<String> classes() {
        return classes(where);
    }

    /** Names of classes in the cell {@code test}. */
    List<String> tests() {
        return classes(test);
    }

    private static List<String> classes(String cell) {
        return CLASS.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
