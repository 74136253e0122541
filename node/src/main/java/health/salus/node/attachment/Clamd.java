package health.salus.node.attachment;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** ClamAV's daemon, asked by its command {@code INSTREAM} over TCP; a connection for each scan. Thread-safe. */
final class Clamd {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_ANSWER = 4_096;

    private final String host;
    private final int port;

    Clamd(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Whether the daemon finds malware. @throws IOException if it says neither that nor that there is none */
    boolean findsMalware(byte[] content) throws IOException {
        String answer = ask(content);
        if (answer.endsWith(": OK")) {
            return false;
        }
        if (answer.endsWith(" FOUND")) {
            return true;
        }
        throw new IOException("clamd at " + host + ":" + port + " answers '" + answer + "' (expected: OK or FOUND)");
    }

    private String ask(byte[] content) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            socket.setSoTimeout((int) ANSWER.toMillis());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), CHUNK));
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            for (int from = 0; from < content.length; from += CHUNK) {
                int length = Math.min(CHUNK, content.length - from);
                out.writeInt(length);
                out.write(content, from, length);
            }
            out.writeInt(0);
            out.flush();
            return new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8)
                    .replace("\0", "")
                    .strip();
        }
    }
}
