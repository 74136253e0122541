package health.salus.node.ledger;

import health.salus.contracts.NetworkRules;
import health.salus.foundation.JsonReader;
import health.salus.identity.KeyStoreFile;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.finality.Membership;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.ordering.LocalOrdering;
import health.salus.ledger.ordering.Ordering;
import health.salus.node.config.NodeSettings;
import health.salus.node.config.NodeSettings.OrderingKind;
import health.salus.node.network.Consortium;
import health.salus.node.organization.LogKeys;
import health.salus.node.organization.Organization;
import health.salus.node.organization.Organizations;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * The ledger of this node, in {@code <data>/ledger}. It is the node of the first organization, which signs its checkpoints
 * and, where it is one of several, cosigns those of the others. Opened and closed with the node.
 */
@Component
public final class LedgerHost implements AutoCloseable {
    private final Ledger ledger;
    private final String verifierKey;
    private final Optional<Consortium> consortium;

    /** Opens the ledger, or begins it where there is none. */
    public LedgerHost(NodeSettings settings, Organizations organizations, SslBundles bundles, InstantSource clock) {
        Path directory = settings.data().resolve("ledger");
        Organization first = organizations.all().getFirst();
        KeyStoreFile keys = first.keys();
        Genesis genesis = genesis(settings);
        NoteSigner signer = LogKeys.ledgerLog(keys, genesis);
        this.verifierKey = signer.verifier().vkey();
        this.consortium = settings.ledger().ordering() == OrderingKind.RAFT
                ? Optional.of(new Consortium(settings, first, genesis, bundles))
                : Optional.empty();
        Optional<Membership> membership = consortium.map(Consortium::membership);
        Function<StateView, Ordering> ordering = state ->
                consortium.<Ordering>map(several -> several.ordering(state)).orElseGet(LocalOrdering::new);
        Rules rules = NetworkRules.rules();
        LedgerOptions options = LedgerOptions.DEFAULT.withClock(clock);
        consortium.ifPresent(several -> several.takeSnapshot(directory, signer, rules));
        this.ledger = Files.isDirectory(directory)
                ? Ledger.open(directory, signer, rules, ordering, membership, options)
                : Ledger.create(directory, genesis, signer, rules, ordering, membership, options);
        if (!ledger.genesis().equals(genesis)) {
            ledger.close();
            throw new IllegalArgumentException("salus.ledger.genesis is of " + genesis.network() + ", the ledger in "
                    + directory + " of " + ledger.network());
        }
        consortium.ifPresent(several -> several.follow(ledger));
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

    /** What makes this node one of several; empty: it orders alone. */
    public Optional<Consortium> consortium() {
        return consortium;
    }

    @Override
    public void close() {
        consortium.ifPresent(Consortium::close);
        ledger.close();
    }

    /** Whose signatures make a checkpoint believable now, as a policy file (c2sp.org/tlog-policy). */
    public String policy() {
        WitnessSet witnesses = ledger.finality().ruling().set();
        return witnesses.isEmpty()
                ? "log " + verifierKey() + "\nquorum none\n"
                : witnesses.policyFile(ledger.genesis().origin());
    }
}
