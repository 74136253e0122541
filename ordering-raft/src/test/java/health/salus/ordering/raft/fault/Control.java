package health.salus.ordering.raft.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to a node by a socket in the file system, which no fault of the network reaches: a line of text is answered by a
 * line of JSON, one after the other.
 */
final class Control implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Control.class);

    private final SocketChannel channel;
    private final BufferedReader in;

    private Control(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedReader(Channels.newReader(channel, UTF_8));
    }

    /** Answers for ever. */
    static void serve(Path socket, Function<String, JsonObject> answers) throws IOException {
        Files.deleteIfExists(socket);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            while (true) {
                Control connection = new Control(server.accept());
                Thread.ofPlatform().daemon().name("control").start(() -> connection.answerAll(answers));
            }
        }
    }

    private void answerAll(Function<String, JsonObject> answers) {
        try (this) {
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                write(new String(answers.apply(request).canonical(), UTF_8));
            }
        } catch (IOException e) {
            LOGGER.atDebug().setCause(e).log("the test has gone");
        }
    }

    /** Connects. @throws IOException if nobody listens */
    static Control connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Control(channel);
    }

    /** Asks; of no use any more after a failure. @throws IOException if there is no answer in time */
    JsonObject ask(String request, long millis) throws IOException {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                write(request);
                String line = in.readLine();
                if (line == null) {
                    throw new IOException("connection closed");
                }
                answer.complete(JsonReader.object(line.getBytes(UTF_8)));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            close();
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            close();
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
