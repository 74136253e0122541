package health.salus.ledger.finality;

import health.salus.ledger.contract.StateView;
import health.salus.tlog.note.CosignatureSigner;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What makes a node one of several.
 *
 * @param organization whose node this is
 * @param witness key with which it cosigns, named as {@link WitnessSet#witnessName} says
 * @param memory directory of what it has cosigned; must not be restored from a copy together with the ledger
 * @param peers how the other nodes are reached, from the newest state; itself may be among them
 */
public record Membership(
        String organization, CosignatureSigner witness, Path memory, Function<StateView, List<Peer>> peers) {}
