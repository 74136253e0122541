package health.salus.bench;

import health.salus.cli.demo.RunningNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that submit transactions to all nodes of a network, over HTTP connections that are kept, each of which waits until
 * its transactions are final before it submits the next. A node closes what is idle for ten seconds. Not thread-safe.
 */
final class NetworkClients implements AutoCloseable {
    private static final String SUBMIT = "ledger/transactions?wait=final";
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final Set<Integer> AGAIN =
            Set.of(OK, CREATED, 202, 429, 503); // not final yet, unknown, busy, no leader
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final List<KeepAliveConnection> connections = new ArrayList<>();

    /** Connects so many clients with each node. */
    NetworkClients(List<RunningNetwork.Node> nodes, int each) throws IOException {
        try {
            for (int i = 0; i < each; i++) {
                for (RunningNetwork.Node node : nodes) {
                    connections.add(new KeepAliveConnection(node.address(), ""));
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Submits all, so many in a request, and returns when each is final.
     *
     * @return how many answers said that a transaction is not, as when nobody leads; it was submitted again then
     */
    int submitAll(List<byte[]> transactions, int together) throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger repeated = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> done = new ArrayList<>();
            for (KeepAliveConnection connection : connections) {
                Callable<Void> client = () -> {
                    for (int i = next.getAndAdd(together); i < transactions.size(); i = next.getAndAdd(together)) {
                        List<byte[]> bundle = transactions.subList(i, Math.min(i + together, transactions.size()));
                        repeated.addAndGet(submit(connection, bundle));
                    }
                    return null;
                };
                done.add(threads.submit(client));
            }
            for (Future<Void> one : done) {
                one.get();
            }
            return repeated.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a transaction of the measurement failed: " + e.getCause(), e);
        }
    }

    /** Submits them in one request, and those again that are not final, until all are. @return how many those were */
    private static int submit(KeepAliveConnection connection, List<byte[]> bundle)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<byte[]> left = bundle;
        for (int repeated = 0; ; repeated += left.size()) {
            int status = connection.post(SUBMIT, "application/x-ndjson", lines(left));
            if (status == OK) {
                left = notFinal(left, connection.body());
                if (left.isEmpty()) {
                    return repeated;
                }
            }
            if (!AGAIN.contains(status) || System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "transactions of the measurement are not final: " + status + " " + connection.body());
            }
            Thread.sleep(PAUSE);
        }
    }

    private static byte[] lines(List<byte[]> transactions) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] jws : transactions) {
            lines.write('"');
            lines.writeBytes(jws);
            lines.write('"');
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static List<byte[]> notFinal(List<byte[]> transactions, String answer) {
        List<String> lines = answer.lines().toList();
        if (lines.size() != transactions.size()) {
            throw new IllegalStateException(lines.size() + " answers to " + transactions.size() + " transactions");
        }
        List<byte[]> left = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.contains("\"outcome\":\"rejected\"")
                    || (line.contains("\"outcome\":\"refused\"") && !line.contains("\"retry-after\""))) {
                throw new IllegalStateException("a transaction of the measurement is not accepted: " + line);
            }
            if (!line.contains("\"final\":true")) {
                left.add(transactions.get(i));
            }
        }
        return left;
    }

    /** Submits one by the connection whose turn it is. @return nanoseconds until it was final */
    long submit(int turn, byte[] transaction) throws IOException, InterruptedException {
        long start = System.nanoTime();
        submit(connections.get(turn % connections.size()), transaction);
        return System.nanoTime() - start;
    }

    /**
     * Submits one until it is final; a ledger executes it once.
     *
     * @return how often it was submitted again
     * @throws IllegalStateException if it is not accepted, or not final within a minute
     */
    static int submit(KeepAliveConnection connection, byte[] transaction) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int repeated = 0; ; repeated++) {
            int status = connection.post(SUBMIT, "application/jose", transaction);
            if (status == CREATED && connection.body().contains("\"final\":true")) {
                return repeated;
            }
            if (!AGAIN.contains(status) || System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "a transaction of the measurement is not final: " + status + " " + connection.body());
            }
            Thread.sleep(PAUSE);
        }
    }

    @Override
    public void close() {
        for (KeepAliveConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
