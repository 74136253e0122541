package health.salus.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One HTTP/1.1 connection that asks one thing after the other (RFC 9112), and does as little else as possible: it runs on
 * the cores that are measured. Expects answers with a {@code Content-Length}. Not thread-safe.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final String LENGTH = "content-length:";
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String base;
    private final String fields;
    private byte[] body = new byte[4 << 10];
    private int length;

    /** @param token access token; empty for none */
    KeepAliveConnection(URI base, String token) throws IOException {
        this.base = base.getRawPath();
        this.fields = " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAccept: application/fhir+json, */*\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
        this.socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 4 << 10);
        this.out = socket.getOutputStream();
    }

    /** Reads one resource. @return how many bytes it has; @throws IOException unless the answer is 200 */
    int read(String path) throws IOException {
        out.write(("GET " + base + "/" + path + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));
        int status = answer();
        if (status != 200) {
            throw new IOException("answer to a read: " + status + " (expected: 200)");
        }
        return length;
    }

    /** Posts {@code content}. @return the status; {@link #body} has what came with it */
    int post(String path, String type, byte[] content) throws IOException {
        byte[] head = ("POST " + base + "/" + path + fields + "Content-Type: " + type + "\r\nContent-Length: "
                        + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + content.length); // in one packet
        System.arraycopy(content, 0, request, head.length, content.length);
        out.write(request);
        return answer();
    }

    /** Body of the last answer, as text. */
    String body() {
        return new String(body, 0, length, StandardCharsets.UTF_8);
    }

    private int answer() throws IOException {
        String status = line();
        length = -1;
        for (String field = line(); !field.isEmpty(); field = line()) {
            if (field.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(field.substring(LENGTH.length()).strip());
            }
        }
        if (length < 1) {
            throw new IOException("answer without a length: " + status);
        }
        if (body.length < length) {
            body = new byte[length];
        }
        if (in.readNBytes(body, 0, length) < length) {
            throw new EOFException("answer cut short");
        }
        return Integer.parseInt(status.substring(STATUS_AT, STATUS_AT + 3));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("connection closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
