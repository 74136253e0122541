package health.salus.ordering.raft.fault;

import health.salus.foundation.Json.JsonObject;
import health.salus.ordering.raft.fault.Operation.Answer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What clients did and were told, in the order of their clock: a line of JSON for every submission and every answer in
 * {@code history.jsonl}. Thread-safe.
 */
final class History implements AutoCloseable {
    private final Path directory;
    private final BufferedWriter lines;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Operation.FinalRead> reads = new ArrayList<>();

    History(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.lines = Files.newBufferedWriter(directory.resolve("history.jsonl"));
    }

    /** Keeps what happened to a transaction; {@code type} is {@code invoke}, {@code ok}, {@code fail} or {@code unknown}. */
    synchronized void note(int client, String node, String type, String transaction, JsonObject what) {
        JsonObject line = JsonObject.builder()
                .put("client", client)
                .put("node", node)
                .put("nanos", System.nanoTime() & Long.MAX_VALUE & ((1L << 53) - 1))
                .put("transaction", transaction)
                .put("type", type)
                .put("what", what)
                .build();
        try {
            lines.write(new String(line.canonical(), StandardCharsets.UTF_8));
            lines.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Operation operation) {
        operations.add(operation);
    }

    synchronized void add(Operation.FinalRead read) {
        reads.add(read);
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    synchronized List<Operation.FinalRead> reads() {
        return List.copyOf(reads);
    }

    private record Event(long nanos, String text) {}

    /**
     * Writes {@code register-<number>.edn} for Knossos' model {@code cas-register}: an addition that gave {@code v} is a
     * {@code :cas} from {@code v - amount} to {@code v}, one of 0 a {@code :read}; registers begin with 0.
     */
    void export() throws IOException {
        Map<Long, List<Operation>> byRegister =
                operations().stream().collect(Collectors.groupingBy(Operation::register));
        for (Map.Entry<Long, List<Operation>> register : byRegister.entrySet()) {
            List<Event> events = new ArrayList<>();
            register.getValue().forEach(operation -> addEvents(operation, events));
            events.sort(Comparator.comparingLong(Event::nanos));
            Files.write(
                    directory.resolve("register-" + register.getKey() + ".edn"),
                    events.stream().map(Event::text).toList());
        }
    }

    private static void addEvents(Operation operation, List<Event> events) {
        if (!(operation.answer() instanceof Answer.Committed committed)
                || committed.value().isEmpty()) {
            return; // without effect
        }
        long value = committed.value().get();
        String what = operation.amount() == 0
                ? ":f :read, :value " + value
                : ":f :cas, :value [" + (value - operation.amount()) + " " + value + "]";
        String process = "{:process " + operation.client() + ", ";
        events.add(new Event(operation.invoked(), process + ":type :invoke, " + what + "}"));
        events.add(new Event(operation.answered(), process + ":type :ok, " + what + "}"));
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
