package health.salus.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP/1.1 connection that reads one resource after the other (RFC 9112), and does as little else as possible: it runs
 * on the cores that are measured. Expects answers with a {@code Content-Length}. Not thread-safe.
 */
final class KeepAliveReader implements AutoCloseable {
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final String base;
    private final String fields;
    private byte[] body = new byte[64 << 10];

    /** @param token access token; empty for none */
    KeepAliveReader(URI base, String token) throws IOException {
        this.base = base.getRawPath();
        this.fields = " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAccept: application/fhir+json\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
        this.socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    }

    /** Reads one resource. @return how many bytes it has; @throws IOException unless the answer is 200 */
    int read(String path) throws IOException {
        socket.getOutputStream().write(("GET " + base + "/" + path + fields).getBytes(StandardCharsets.US_ASCII));
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answer to a read: " + status + " (expected: 200)");
        }
        int length = -1;
        for (String field = line(); !field.isEmpty(); field = line()) {
            if (field.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(field.substring(LENGTH.length()).strip());
            }
        }
        if (length < 1) {
            throw new IOException("answer without a length");
        }
        if (body.length < length) {
            body = new byte[length];
        }
        if (in.readNBytes(body, 0, length) < length) {
            throw new EOFException("answer cut short");
        }
        return length;
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
