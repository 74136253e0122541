package health.salus.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output of a command as a document shows it: a fenced block after the line {@code <!-- output of: salus demo --exit -->}.
 * What differs from run to run (digests, handles, numbers, addresses) is not compared, and a line {@code …} stands for any
 * lines.
 *
 * @param lines of the block
 */
record DocumentedOutput(Path document, List<String> lines) {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- output of: ([^\n]*?) -->\\s*```[a-z]*\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern VARYING = Pattern.compile(
            "[A-Za-z0-9_-]{43}|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}|[0-9][0-9.,:TZ-]*");

    /** All blocks in {@code document} that show the output of {@code command}. */
    static List<DocumentedOutput> of(Path document, String command) throws IOException {
        List<DocumentedOutput> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            if (block.group(1).strip().equals(command)) {
                blocks.add(new DocumentedOutput(document, block.group(2).lines().toList()));
            }
        }
        return blocks;
    }

    /** Lines of this block that {@code output} does not have, or not in this order. */
    List<String> missingIn(String output) {
        List<String> printed = output.lines().map(DocumentedOutput::normal).toList();
        List<String> missing = new ArrayList<>();
        int next = 0;
        for (String line : lines) {
            if (line.strip().equals("…") || line.isBlank()) {
                continue;
            }
            int found = printed.subList(next, printed.size()).indexOf(normal(line));
            if (found < 0) {
                missing.add(line);
            } else {
                next += found + 1;
            }
        }
        return missing;
    }

    private static String normal(String line) {
        return VARYING.matcher(line).replaceAll("#").strip();
    }
}
