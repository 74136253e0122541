package health.salus.cli.transaction;

import health.salus.cli.option.SignerOptions;
import picocli.CommandLine.Mixin;

/**
 * Mix-in of commands by which the holder of one key changes something on the ledger: the key, and what becomes of the
 * transaction. Open the key before you write files: a wrong password then leaves none behind.
 */
public final class SigningOptions {
    @Mixin
    private final SignerOptions key = new SignerOptions();

    @Mixin
    private final TransactionOptions transaction = new TransactionOptions();

    /** Who signs. */
    public SignerOptions key() {
        return key;
    }

    /** What becomes of the transaction. */
    public TransactionOptions transaction() {
        return transaction;
    }
}
