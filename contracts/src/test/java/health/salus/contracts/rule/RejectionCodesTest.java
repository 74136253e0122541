package health.salus.contracts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.access.DenialReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/rejection-codes.md} and the code say the same. */
class RejectionCodesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rejection-codes.md");

    @Test
    void every_rejection_is_documented_with_its_meaning() throws IOException {
        assertThat(table("## Contracts"))
                .containsExactlyElementsOf(Arrays.stream(Rejection.values())
                        .map(rejection -> row(rejection.code(), rejection.meaning()))
                        .toList());
    }

    @Test
    void every_denial_is_documented_with_its_meaning() throws IOException {
        assertThat(table("## Access decisions"))
                .containsExactlyElementsOf(Arrays.stream(DenialReason.values())
                        .map(reason -> row(reason.code(), reason.meaning()))
                        .toList());
    }

    private static String row(String code, String meaning) {
        return "| `" + code + "` | " + meaning + " |";
    }

    private static List<String> table(String heading) throws IOException {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.dropWhile(line -> !line.equals(heading))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("| `"))
                    .toList();
        }
    }
}
