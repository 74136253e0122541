package health.salus.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that a document shows: a fenced block of {@code sh}, after a line {@code <!-- exit code: N -->} where its last
 * command does not end with 0, before a fenced block of {@code text} where its output is shown.
 *
 * @param line where it begins
 * @param output what the document says of standard output; empty: nothing
 */
record GuideBlock(int line, int exitCode, String commands, List<String> output) {
    private static final Pattern BLOCK = Pattern.compile(
            "^(?:<!-- exit code: (\\d+) -->\n)?```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?",
            Pattern.DOTALL | Pattern.MULTILINE);

    /** All of a document, in their order. */
    static List<GuideBlock> of(Path document) throws IOException {
        String text = Files.readString(document);
        List<GuideBlock> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = (int) text.substring(0, block.start(2)).lines().count() + 1;
            blocks.add(new GuideBlock(
                    line,
                    block.group(1) == null ? 0 : Integer.parseInt(block.group(1)),
                    block.group(2),
                    block.group(3) == null ? List.of() : block.group(3).lines().toList()));
        }
        return blocks;
    }

    /** What stands before the block's output when {@link #script} runs. */
    String mark() {
        return "@@ line " + line;
    }

    /** The commands as part of a shell script, which ends at the first one that ends in another way than shown. */
    String script() {
        String marked = "echo '" + mark() + "'\n";
        return exitCode == 0
                ? marked + "set -e\n" + commands
                : marked + "set +e\n" + commands + "code=$?\n[ $code = " + exitCode + " ] || { echo \"line " + line
                        + " ended with $code\" >&2; exit 99; }\n";
    }
}
