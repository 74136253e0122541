package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStorePasswordTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("SALUS_PASSWORD", "tr0ub4dor", "EMPTY", "");

    @TempDir
    private Path directory;

    @Test
    void it_comes_from_the_environment() {
        assertThat(KeyStorePassword.from("env:SALUS_PASSWORD", ENVIRONMENT).characters())
                .containsExactly("tr0ub4dor".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pässword", "pässword\n", "pässword\r\n", "pässword\nand more"})
    void it_is_the_first_line_of_a_file(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), content);

        assertThat(KeyStorePassword.from("file:" + file, ENVIRONMENT).characters())
                .containsExactly("pässword".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:ABSENT", "env:EMPTY", "file:/does/not/exist", "tr0ub4dor", ""})
    void without_one_there_is_an_error_that_does_not_quote_it(String source) {
        assertThatThrownBy(() -> KeyStorePassword.from(source, ENVIRONMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("tr0ub4dor");
    }

    @Test
    void empty_and_long_files_are_refused() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(2_000));

        assertThatThrownBy(() -> KeyStorePassword.ofFile(empty)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyStorePassword.ofFile(large)).isInstanceOf(IllegalArgumentException.class);
    }
}
