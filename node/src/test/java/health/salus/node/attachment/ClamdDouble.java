package health.salus.node.attachment;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks clamd's protocol as its manual says: finds whatever has the word {@code malware}. */
public final class ClamdDouble implements AutoCloseable {
    /** What was scanned, as text in Latin-1. */
    public final List<String> scanned = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final Thread serving = Thread.ofVirtual().unstarted(this::serve);
    private volatile String otherAnswer = "";

    private ClamdDouble(ServerSocket server) {
        this.server = server;
    }

    /** Listens at a free port of the loopback address. */
    public static ClamdDouble start() throws IOException {
        ClamdDouble clamd = new ClamdDouble(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        clamd.serving.start();
        return clamd;
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Has it answer this to everything; empty: what it finds. */
    public void answer(String text) {
        otherAnswer = text;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                // the client is gone, or the test is over
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        if (!new String(in.readNBytes(10), StandardCharsets.US_ASCII).equals("zINSTREAM\0")) {
            throw new IOException("another command");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            content.write(in.readNBytes(length));
        }
        String text = content.toString(StandardCharsets.ISO_8859_1);
        scanned.add(text);
        String found = text.contains("malware") ? "stream: Test.Signature FOUND" : "stream: OK";
        socket.getOutputStream()
                .write(((otherAnswer.isEmpty() ? found : otherAnswer) + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns when it takes no connection any more. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            serving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
