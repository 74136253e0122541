package health.salus.ledger.testing;

import health.salus.ledger.verify.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;

/** A process that executes a ledger from its first entry and says whether all comes out as it is written. */
public final class RootsOfLedger {
    private RootsOfLedger() {}

    /** @param args file of the keys, directory of the ledger */
    public static void main(String[] args) throws Exception {
        TestNetwork network = TestNetwork.load(Path.of(args[0]));
        Path scratch = Files.createTempDirectory("roots");
        Verification found = network.verify(Path.of(args[1]), scratch.resolve("state"));
        System.out.println(Locale.getDefault() + " " + TimeZone.getDefault().getID());
        System.out.println(found);
    }
}
