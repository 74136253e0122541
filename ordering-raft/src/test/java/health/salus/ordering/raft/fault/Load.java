package health.salus.ordering.raft.fault;

import static health.salus.ordering.raft.fault.Consortium.number;
import static health.salus.ordering.raft.fault.Consortium.text;

import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.ordering.raft.fault.Operation.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Clients that have one operation each at a time and begin the next when it is answered. A client has a node of its own and
 * goes to another one with the same transaction when that does not answer.
 */
final class Load {
    private static final long ANSWER_MILLIS = 5_000;
    private static final long AGAIN_MILLIS = 50;
    /** How long transactions can be executed: clocks may be an hour off. */
    static final Duration LIFE = Duration.ofHours(4);

    private final Consortium consortium;
    private final History history;
    private final long firstRegister;
    private final int registers;
    private final long thinkMillis;
    private final List<Thread> clients = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private volatile boolean ending;
    private volatile boolean givingUp;

    /** @param thinkMillis mean pause between operations of a client */
    Load(Consortium consortium, History history, long firstRegister, int registers, long thinkMillis) {
        this.consortium = consortium;
        this.history = history;
        this.firstRegister = firstRegister;
        this.registers = registers;
        this.thinkMillis = thinkMillis;
    }

    /** @param first number of the first client */
    void start(int first, int perNode, long seed) {
        List<String> names = consortium.names();
        IntStream.range(0, perNode * names.size())
                .forEach(i -> clients.add(Thread.ofPlatform()
                        .daemon()
                        .name("client-" + i)
                        .start(() -> run(new Client(first + i, names, i % names.size(), new Random(seed + i))))));
    }

    private void run(Client client) {
        try {
            client.run();
        } catch (RuntimeException | Error e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }

    /** Waits until so many more operations are answered. */
    void awaitAnswers(int count) {
        int enough = history.operations().size() + count;
        consortium.await(() -> history.operations().size() >= enough, "answers");
    }

    /** Begins nothing more, and waits until everything is answered. */
    void finish() {
        ending = true;
        long end = System.nanoTime() + Consortium.PATIENCE.toNanos();
        try {
            for (Thread client : clients) {
                client.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
            givingUp = true;
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (failures) {
            failures.forEach(failure -> {
                throw new AssertionError("a client failed", failure);
            });
        }
    }

    /** Submits one transaction to {@code node} until it is committed, and final where asked; answers what it was told. */
    static Answer.Committed submit(Consortium consortium, Transaction transaction, boolean waitsForFinal, String node) {
        AtomicReference<Optional<Answer.Committed>> told = new AtomicReference<>(Optional.empty());
        consortium.await(
                () -> {
                    told.set(submitOnce(consortium, transaction, waitsForFinal, node)
                            .filter(committed -> committed.isFinal() || !waitsForFinal));
                    return told.get().isPresent();
                },
                node + " to commit a transaction");
        return told.get().orElseThrow();
    }

    /** Submits it once; empty: it was refused, or nobody knows. */
    static Optional<Answer.Committed> submitOnce(
            Consortium consortium, Transaction transaction, boolean waitsForFinal, String node) {
        try (Control control = Control.connect(consortium.node(node).site.control())) {
            return committed(control.ask(request(transaction, waitsForFinal), 2 * ANSWER_MILLIS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String request(Transaction transaction, boolean waitsForFinal) {
        return "submit " + (waitsForFinal ? "final " : "committed ") + transaction;
    }

    private static Optional<Answer.Committed> committed(JsonObject answer) {
        if (!answer.members().containsKey("height")) {
            return Optional.empty();
        }
        return Optional.of(new Answer.Committed(
                number(answer, "height"),
                number(answer, "index"),
                answer.members().get("value") instanceof JsonInteger(long value)
                        ? Optional.of(value)
                        : Optional.empty(),
                answer.members().get("rejection") instanceof JsonString(String code)
                        ? Optional.of(code)
                        : Optional.empty(),
                isTrue(answer, "final")));
    }

    private static boolean isTrue(JsonObject answer, String member) {
        return answer.members().get(member) instanceof JsonBoolean(boolean value) && value;
    }

    private final class Client {
        private final int number;
        private final List<String> names;
        private final Random random;
        private int at;
        private @Nullable Control control;

        Client(int number, List<String> names, int at, Random random) {
            this.number = number;
            this.names = names;
            this.at = at;
            this.random = random;
        }

        void run() {
            int home = at;
            while (!ending) {
                int dice = random.nextInt(10);
                long register = firstRegister + random.nextInt(registers);
                if (dice == 0) {
                    readFinal(register);
                } else {
                    long amount = dice < 3 ? 0 : dice == 3 ? Operation.UNLUCKY : 1 + random.nextInt(5);
                    operate(register, amount, random.nextBoolean());
                }
                if (at != home && random.nextInt(4) == 0) {
                    go(home);
                }
                Consortium.pause(random.nextLong(2 * thinkMillis + 1));
            }
            disconnect();
        }

        private void operate(long register, long amount, boolean waitsForFinal) {
            TestNetwork network = consortium.network;
            Transaction transaction = network.sign(TransactionBody.of(
                    network.genesis.network(),
                    "register",
                    "add",
                    TestNetwork.arguments(register, amount),
                    TestNetwork.expiry(LIFE)));
            String id = transaction.id().toString();
            long invoked = System.nanoTime();
            Answer answer = new Answer.Open();
            while (answer instanceof Answer.Open && !givingUp) {
                answer = attempt(transaction, register, amount, waitsForFinal);
            }
            history.add(new Operation(number, id, register, amount, invoked, System.nanoTime(), answer));
        }

        private Answer attempt(Transaction transaction, long register, long amount, boolean waitsForFinal) {
            String id = transaction.id().toString();
            history.note(
                    number,
                    names.get(at),
                    "invoke",
                    id,
                    JsonObject.builder()
                            .put("amount", amount)
                            .put("register", register)
                            .build());
            try {
                JsonObject said = connected().ask(request(transaction, waitsForFinal), ANSWER_MILLIS);
                Optional<Answer.Committed> committed = committed(said);
                if (committed.isPresent()) {
                    history.note(number, names.get(at), "ok", id, said);
                    return committed.get();
                }
                history.note(number, names.get(at), isTrue(said, "unknown") ? "unknown" : "fail", id, said);
                if (said.members().containsKey("refused") && !isTrue(said, "again")) {
                    return new Answer.Refused(text(said, "refused"));
                }
            } catch (IOException e) {
                history.note(
                        number,
                        names.get(at),
                        "unknown",
                        id,
                        JsonObject.builder().build());
                disconnect();
            }
            Consortium.pause(AGAIN_MILLIS);
            go((at + 1) % names.size());
            return new Answer.Open();
        }

        private void readFinal(long register) {
            try {
                JsonObject said = connected().ask("read " + register, ANSWER_MILLIS);
                history.add(new Operation.FinalRead(
                        names.get(at), register, Consortium.number(said, "height"), Consortium.number(said, "value")));
            } catch (IOException e) {
                disconnect();
                go((at + 1) % names.size());
            }
        }

        private Control connected() throws IOException {
            Control open = control;
            if (open == null) {
                open = Control.connect(consortium.node(names.get(at)).site.control());
                control = open;
            }
            return open;
        }

        private void go(int node) {
            disconnect();
            at = node;
        }

        private void disconnect() {
            Control open = control;
            control = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
