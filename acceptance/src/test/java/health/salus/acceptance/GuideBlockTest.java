package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideBlockTest {
    @TempDir
    Path directory;

    @Test
    void commands_are_read_with_what_is_said_of_their_output_and_end() throws IOException {
        Path document = Files.writeString(directory.resolve("guide.md"), """
                # Guide

                ```sh
                first
                ```

                ```text
                shown
                ```

                ```yaml
                not: run
                ```

                <!-- exit code: 1 -->
                ```sh
                second
                ```
                """);

        assertThat(GuideBlock.of(document))
                .containsExactly(
                        new GuideBlock(4, 0, "first\n", java.util.List.of("shown")),
                        new GuideBlock(17, 1, "second\n", java.util.List.of()));
    }
}
