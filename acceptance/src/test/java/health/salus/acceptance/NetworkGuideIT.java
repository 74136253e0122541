package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/network-guide.md}, run by a shell as a reader would run it, on real nodes. */
class NetworkGuideIT {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final List<String> PORTS = List.of("8481", "8482", "8483", "8484", "9481", "9482", "9483", "9484");

    @TempDir
    Path directory;

    @Test
    void every_command_ends_as_the_guide_says_and_prints_what_it_shows() throws Exception {
        Guide guide = Guide.of("docs/network-guide.md");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("salus"), SalusProcess.home().resolve("salus"));
        Path work = Files.createDirectory(directory.resolve("work"));
        Path script = Files.writeString(
                directory.resolve("script"),
                atFreePorts(guide.script("kill $(jobs -p) 2> /dev/null || true", edit -> edit)));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);

        Process shell = builder.start();
        try {
            assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
        }

        assertThat(shell.exitValue())
                .as(Files.readString(out) + Files.readString(err))
                .isZero();
        guide.assertShownIn(Files.readString(out));
        assertThat(Files.readString(out) + Files.readString(err))
                .doesNotContain(Files.readString(work.resolve("password")).strip())
                .doesNotContain("PRIVATE+KEY");
    }

    private static String atFreePorts(String script) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        String moved = script;
        try {
            for (String port : PORTS) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                taken.add(socket);
                moved = moved.replace(port, Integer.toString(socket.getLocalPort()));
            }
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
        return moved;
    }
}
