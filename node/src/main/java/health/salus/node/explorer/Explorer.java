package health.salus.node.explorer;

import health.salus.contracts.network.Members;
import health.salus.contracts.network.Organization;
import health.salus.foundation.Sha256;
import health.salus.identity.OrganizationId;
import health.salus.ledger.Ledger;
import health.salus.ledger.finality.WitnessSet;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.web.Problem;
import health.salus.tlog.TilePath;
import health.salus.tlog.note.SignedNote;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** What the pages have in common: the ledger, and what of it is where. There is none where the explorer is switched off. */
@Component
@ConditionalOnBooleanProperty(name = Explorer.ENABLED, matchIfMissing = true)
final class Explorer {
    /** The setting that has pages at all. */
    static final String ENABLED = "salus.explorer.enabled";

    private final LedgerHost host;

    Explorer(LedgerHost host) {
        this.host = host;
    }

    Ledger ledger() {
        return host.ledger();
    }

    /** The newest checkpoint that is final; where the network has no witnesses, this log's own. */
    Optional<SignedNote> finalCheckpoint() {
        return witnesses().isEmpty()
                ? Optional.of(ledger().log().checkpoint())
                : ledger().finality().checkpoint();
    }

    WitnessSet witnesses() {
        return ledger().finality().ruling().set();
    }

    /**
     * Whose signatures are to be believed unless a reader knows better: the network's first witnesses, since receipts bring
     * along how others came after them. As c2sp.org/tlog-policy says.
     */
    String policy() {
        WitnessSet first = ledger().block(0).witnesses().orElse(WitnessSet.NONE);
        return first.isEmpty()
                ? currentPolicy()
                : first.policyFile(ledger().genesis().origin());
    }

    /** Whose signatures make a checkpoint believable now. */
    String currentPolicy() {
        return witnesses().isEmpty()
                ? "log " + host.verifierKey() + "\nquorum none\n"
                : witnesses().policyFile(ledger().genesis().origin());
    }

    /** Address of the bundle of entries with this one, as large as it is by now. */
    String bundle(long index) {
        long size = ledger().log().head().size();
        long bundle = index / TilePath.FULL;
        int width = (int) Math.min(TilePath.FULL, size - bundle * TilePath.FULL);
        return "/ledger/" + new TilePath(TilePath.ENTRIES, bundle, width);
    }

    /** The height, if there is such a block. @throws Problem otherwise */
    long checkedHeight(long height) {
        if (height < 0 || height > ledger().height()) {
            throw nothing();
        }
        return height;
    }

    /** The organization that a part of an address names. */
    static Optional<Organization> organization(String id, Members members) {
        return OrganizationId.isId(id) ? members.organization(id) : Optional.empty();
    }

    static Sha256 digest(String text) {
        try {
            return Sha256.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw nothing();
        }
    }

    static Problem nothing() {
        return Problem.of(404, "not-found", "there is no such page");
    }
}
