package health.salus.node.ledger;

import health.salus.contracts.NetworkRules;
import health.salus.foundation.JsonReader;
import health.salus.identity.KeyStoreFile;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.block.Genesis;
import health.salus.node.config.NodeSettings;
import health.salus.node.organization.LogKeys;
import health.salus.node.organization.Organizations;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * The ledger of this node, in {@code <data>/ledger}. Its checkpoints are signed with a key of the first organization.
 * Opened and closed with the node.
 */
@Component
public final class LedgerHost implements AutoCloseable {
    private final Ledger ledger;
    private final String verifierKey;

    /** Opens the ledger, or begins it where there is none. */
    public LedgerHost(NodeSettings settings, Organizations organizations) {
        Path directory = settings.data().resolve("ledger");
        KeyStoreFile keys = organizations.all().getFirst().keys();
        Genesis genesis = genesis(settings);
        NoteSigner signer = LogKeys.ledgerLog(keys, genesis);
        this.verifierKey = signer.verifier().vkey();
        this.ledger = Files.isDirectory(directory)
                ? Ledger.open(directory, signer, NetworkRules.rules(), LedgerOptions.DEFAULT)
                : Ledger.create(directory, genesis, signer, NetworkRules.rules(), LedgerOptions.DEFAULT);
        if (!ledger.genesis().equals(genesis)) {
            ledger.close();
            throw new IllegalArgumentException("salus.ledger.genesis is of " + genesis.network() + ", the ledger in "
                    + directory + " of " + ledger.network());
        }
    }

    private static Genesis genesis(NodeSettings settings) {
        try {
            return Genesis.of(
                    JsonReader.object(Files.readAllBytes(settings.ledger().genesis())));
        } catch (IOException e) {
            throw new UncheckedIOException("salus.ledger.genesis can't be read", e);
        }
    }

    /** The ledger itself. */
    public Ledger ledger() {
        return ledger;
    }

    /** Public key of the log's checkpoints, as a C2SP signed-note verifier key. */
    public String verifierKey() {
        return verifierKey;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
