package health.salus.ledger.testing;

import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** A process that submits to a ledger until it is killed, printing what was acknowledged: id, height, index. */
public final class LoadedNode {
    private static final int IN_FLIGHT = 200;

    private LoadedNode() {}

    /** @param args file of the keys, directory of the ledger, first number of the handles to use */
    public static void main(String[] args) throws Exception {
        TestNetwork network = TestNetwork.load(Path.of(args[0]));
        Path dir = Path.of(args[1]);
        long next = Long.parseLong(args[2]);
        try (Ledger ledger = Files.exists(dir) ? network.open(dir) : network.create(dir)) {
            System.out.println("open");
            Semaphore places = new Semaphore(IN_FLIGHT);
            while (ledger.failure().isEmpty()) {
                places.acquire();
                Transaction transaction = network.add(next++, 1);
                var _ = ledger.submit(transaction.jws()).thenAccept(answer -> {
                    if (answer instanceof Submission.Committed committed) {
                        say(transaction, committed);
                    }
                    places.release();
                });
            }
        }
        System.out.println("stopped");
    }

    private static void say(Transaction transaction, Submission.Committed committed) {
        synchronized (System.out) {
            System.out.println(transaction.id() + " " + committed.height() + " " + committed.index());
        }
    }
}
