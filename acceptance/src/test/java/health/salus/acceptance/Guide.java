package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A document whose commands a shell runs, in their order. */
record Guide(Path document, List<GuideBlock> blocks) {
    private static final String END = "@@ end";

    /** A document below the checkout's root. */
    static Guide of(String document) throws IOException {
        Path path = SalusProcess.home().resolve(document);
        return new Guide(path, GuideBlock.of(path));
    }

    /**
     * A script for bash.
     *
     * @param trap what it does at its end, however it ends
     * @param edit of each block's script
     */
    String script(String trap, Function<String, String> edit) {
        return blocks.stream()
                .map(GuideBlock::script)
                .map(edit)
                .collect(Collectors.joining(
                        "", "set -u -o pipefail\ntrap '" + trap + "' EXIT\n", "echo '" + END + "'\n"));
    }

    /** Whether {@code output} of the script is complete and has what the document shows. */
    void assertShownIn(String output) {
        assertThat(output).endsWith(END + "\n");
        for (int i = 0; i < blocks.size(); i++) {
            GuideBlock block = blocks.get(i);
            String next = (i + 1 < blocks.size() ? blocks.get(i + 1).mark() : END) + "\n";
            String printed = output.substring(output.indexOf(block.mark() + "\n"), output.indexOf(next));
            assertThat(new DocumentedOutput(document, block.output()).missingIn(printed))
                    .as("lines shown after line " + block.line() + " and not printed; printed was:\n" + printed)
                    .isEmpty();
        }
    }
}
