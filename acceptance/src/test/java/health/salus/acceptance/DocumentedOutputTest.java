package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedOutputTest {
    @TempDir
    Path directory;

    @Test
    void numbers_and_digests_are_not_compared() throws IOException {
        assertThat(documented("block 7: stored 6,720 as 304e20aa7d01abc74e5273e57314cfd4")
                        .missingIn("""
                something else
                  block 12: stored 5 as 68656c6c6f20776f726c642121212121
                """))
                .isEmpty();
    }

    @Test
    void another_word_is_missing() throws IOException {
        assertThat(documented("✓ refused").missingIn("✓ allowed")).containsExactly("✓ refused");
    }

    @Test
    void another_order_is_missing() throws IOException {
        assertThat(documented("first\n…\nsecond").missingIn("second\nfirst")).containsExactly("second");
    }

    private DocumentedOutput documented(String block) throws IOException {
        Path document = Files.writeString(directory.resolve("README.md"), """
                Try it:

                <!-- output of: salus demo -->
                ```text
                %s
                ```
                """.formatted(block));
        assertThat(DocumentedOutput.of(document, "salus other")).isEmpty();
        return DocumentedOutput.of(document, "salus demo").getFirst();
    }
}
