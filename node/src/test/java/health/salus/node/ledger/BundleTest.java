package health.salus.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import health.salus.node.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    @ParameterizedTest
    @ValueSource(strings = {"\"a.b.c\"\n\"d.e.f\"\n", "\"a.b.c\"\n\"d.e.f\"", "\"a.b.c\"\r\n\"d.e.f\"\r\n"})
    void each_line_is_a_string_whatever_ends_the_last(String body) throws IOException {
        assertThat(read(body)).containsExactly("a.b.c", "d.e.f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "\"", "a.b.c", "\"a.b.c", "a.b.c\"", " \"a.b.c\"", "{\"a\":1}", "\u0000"})
    void a_line_that_is_none_is_empty_and_spoils_no_other(String line) throws IOException {
        assertThat(read("\"a.b.c\"\n" + line + "\n\"d.e.f\"\n")).containsExactly("a.b.c", "", "d.e.f");
    }

    @Test
    void what_is_quoted_stays_as_it_is() throws IOException {
        assertThat(read("\"\\u0061\"\n\"\"\"\n\"\"\n")).containsExactly("\\u0061", "\"", "");
    }

    @Test
    void so_many_are_taken_and_no_more() throws IOException {
        String line = "\"a.b.c\"\n";

        assertThat(read(line.repeat(Bundle.MAX_TRANSACTIONS))).hasSize(Bundle.MAX_TRANSACTIONS);
        assertRefused(413, line.repeat(Bundle.MAX_TRANSACTIONS + 1));
    }

    @Test
    void so_many_bytes_are_read_and_no_more() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[2 * Bundle.MAX_BYTES]);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Bundle.read(body))
                .returns(413, Problem::status);
        assertThat(body.available()).isEqualTo(Bundle.MAX_BYTES - 1);
    }

    @Test
    void a_request_without_any_is_refused() {
        assertRefused(400, "");
    }

    private static void assertRefused(int status, String body) {
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> read(body)).returns(status, Problem::status);
    }

    private static List<String> read(String body) throws IOException {
        return Bundle.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }
}
