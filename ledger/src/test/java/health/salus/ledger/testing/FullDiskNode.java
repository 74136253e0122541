package health.salus.ledger.testing;

import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.Transaction;
import java.nio.file.Path;

/**
 * A process whose files may not grow beyond a limit: submits one transaction after the other until one is refused, then
 * says so and whether everything acknowledged can still be read.
 */
public final class FullDiskNode {
    private FullDiskNode() {}

    /** @param args file of the keys, directory of the ledger */
    public static void main(String[] args) throws Exception {
        TestNetwork network = TestNetwork.load(Path.of(args[0]));
        Ledger ledger = network.create(Path.of(args[1]));
        System.out.println("open");
        int _ = System.in.read(); // the limit is set meanwhile
        for (int i = 0; ; i++) {
            Transaction transaction = network.add(i, 1);
            Submission answer = ledger.submit(transaction.jws()).join();
            if (!(answer instanceof Submission.Committed)) {
                System.out.println(answer.getClass().getSimpleName() + " " + answer + " after " + i);
                System.out.println("readable " + (TestNetwork.number(ledger.state(), i - 1) == 1) + " absent "
                        + ledger.transaction(transaction.id()).isEmpty());
                System.out.println(i);
                Runtime.getRuntime().halt(0); // a disk that is full stays full: no clean end
            }
        }
    }
}
