package health.salus.node.web;

import health.salus.node.config.NodeSettings;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** A request body that throws a {@link Problem} as soon as it is known to break a limit. */
final class LimitedInput extends ServletInputStream {
    private final ServletInputStream input;
    private final NodeSettings.Limits limits;
    private final boolean json;
    private final long deadline;
    private final JsonDepth depth = new JsonDepth();
    private long bytes;

    /** @param json whether nesting counts */
    LimitedInput(ServletInputStream input, NodeSettings.Limits limits, boolean json) {
        this.input = input;
        this.limits = limits;
        this.json = json;
        this.deadline = System.nanoTime() + limits.requestTime().toNanos();
    }

    static Problem tooLarge(NodeSettings.Limits limits) {
        return Problem.of(
                413,
                "too-large",
                "a request body has at most " + limits.requestBody().toBytes() + " bytes");
    }

    private static Problem tooSlow(NodeSettings.Limits limits) {
        return Problem.of(
                408,
                "too-slow",
                "a request arrives within " + limits.requestTime().toSeconds() + " seconds");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read;
        try {
            read = input.read(target, offset, length);
        } catch (SocketTimeoutException e) {
            throw tooSlow(limits);
        }
        if (read > 0) {
            bytes += read;
            if (bytes > limits.requestBody().toBytes()) {
                throw tooLarge(limits);
            }
            if (json && depth.after(target, offset, read) > limits.jsonDepth()) {
                throw Problem.of(400, "too-deep", "JSON is nested at most " + limits.jsonDepth() + " levels deep");
            }
        }
        if (System.nanoTime() - deadline > 0) {
            throw tooSlow(limits);
        }
        return read;
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    @Override
    public boolean isReady() {
        return input.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("request bodies are read by the thread that serves the request");
    }
}
