package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkerTest {
    @TempDir
    Path dir;

    @Test
    void a_marker_reads_as_it_was_written() throws IOException {
        Path file = dir.resolve("snapshot.3_41");
        Marker marker = new Marker(3, 41, 1_000_000_000_000L);

        marker.write(file);
        marker.write(file);

        assertThat(Marker.read(file, 3, 41)).isEqualTo(marker);
        assertThat(dir).isDirectoryContaining(path -> path.equals(file));
        assertThat(dir.toFile().list()).as("the marker and its digest").hasSize(2);
    }

    @Test
    void a_digest_that_cannot_be_written_is_no_reason_to_leave_the_group() throws IOException {
        Path file = dir.resolve("snapshot.3_41");
        Files.createDirectories(dir.resolve("snapshot.3_41.md5").resolve("in the way"));

        assertThatThrownBy(() -> new Marker(3, 41, 7).write(file)).isInstanceOf(IOException.class);
        assertThat(Marker.read(file, 3, 41)).isEqualTo(new Marker(3, 41, 7));
    }

    @Test
    void anything_else_is_no_marker() throws IOException {
        Path file = Files.writeString(dir.resolve("snapshot.1_2"), "salus raft marker 1\nheight 12\nmore");

        assertThatThrownBy(() -> Marker.read(file, 1, 2)).isInstanceOf(IOException.class);
    }
}
