package health.salus.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.tlog.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoLogsIT {
    @TempDir
    private Path dir;

    @Test
    void two_logs_that_begin_in_one_process_do_not_touch_each_other() {
        NoteSigner signer = NoteSigner.generate("example/log", new SecureRandom());
        try (TileLog one = TileLog.open(dir.resolve("one"), "example/log", signer);
                TileLog other = TileLog.open(dir.resolve("other"), "example/log", signer)) {
            one.append(List.of(bytes("a"), bytes("b"), bytes("c")));
            other.append(List.of(bytes("longer"), bytes("than"), bytes("those")));

            assertThat(one.entry(1)).isEqualTo(bytes("b"));
            assertThat(other.entry(1)).isEqualTo(bytes("than"));
        }
        try (TileLog one = TileLog.open(dir.resolve("one"), "example/log", signer)) {
            assertThat(one.entry(2)).isEqualTo(bytes("c"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
