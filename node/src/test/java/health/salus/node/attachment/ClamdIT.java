package health.salus.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import health.salus.foundation.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real daemon, with a signature of the test's own, where Debian's {@code clamav-daemon} is installed. */
class ClamdIT {
    private static final Path DAEMON = Path.of("/usr/sbin/clamd");
    private static final byte[] KNOWN = "known to the database of this test".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    @Test
    void the_daemon_finds_what_its_database_has() throws Exception {
        assumeTrue(Files.isExecutable(DAEMON), "no " + DAEMON + ": left out what the real scanner says");
        int port = freePort();
        Process daemon = start(port);
        try {
            Clamd clamd = new Clamd("127.0.0.1", port);
            awaitAnswer(clamd, daemon);

            assertThat(clamd.findsMalware(KNOWN)).isTrue();
            assertThat(clamd.findsMalware("something else".getBytes(StandardCharsets.US_ASCII)))
                    .isFalse();
            assertThat(clamd.findsMalware(new byte[300_000])).isFalse();
        } finally {
            daemon.destroy();
            daemon.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process start(int port) throws IOException {
        Path database = Files.createDirectory(directory.resolve("database"));
        Files.writeString(database.resolve("test.hsb"), Sha256.of(KNOWN) + ":" + KNOWN.length + ":Test.Signature:73\n");
        Path configuration =
                Files.writeString(directory.resolve("clamd.conf"), """
                Foreground yes
                TCPSocket %d
                TCPAddr 127.0.0.1
                DatabaseDirectory %s
                TemporaryDirectory %s
                """.formatted(port, database, directory));
        return new ProcessBuilder(DAEMON.toString(), "--config-file=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("clamd.log").toFile())
                .start();
    }

    private void awaitAnswer(Clamd clamd, Process daemon) throws Exception {
        Instant late = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            try {
                clamd.findsMalware(new byte[1]);
                return;
            } catch (IOException e) {
                if (!daemon.isAlive() || Instant.now().isAfter(late)) {
                    throw new IOException(Files.readString(directory.resolve("clamd.log")), e);
                }
                Thread.sleep(50);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
