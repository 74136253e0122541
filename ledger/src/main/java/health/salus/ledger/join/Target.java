package health.salus.ledger.join;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.state.SnapshotRefusedException;
import health.salus.tlog.LogReader;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far another node is final, by the word of witnesses that lead from those whom this node knows: each set is named by a
 * block that a quorum of the set before has made final.
 *
 * @param checkpoint final
 * @param handovers the final checkpoints after the blocks that changed the witnesses on the way, by height
 */
record Target(SignedNote checkpoint, SortedMap<Long, SignedNote> handovers) {
    private static final int MOST_HANDOVERS = 100_000;

    /**
     * Follows {@code peer} from {@code anchor}.
     *
     * @throws SnapshotRefusedException if what it shows is not by a quorum
     */
    static Target find(Anchor anchor, Peer peer, String origin) throws IOException, InterruptedException {
        WitnessSet known = anchor.witnesses();
        SortedMap<Long, SignedNote> handovers = new TreeMap<>();
        Optional<SignedNote> last = Optional.empty();
        Optional<SignedNote> next = peer.handoverAfter(anchor.height());
        while (next.isPresent() && handovers.size() < MOST_HANDOVERS) {
            SignedNote note = next.get();
            requireFinal(known, note, origin);
            BlockHeader header = last(LogReader.open(peer.log(), note));
            known = header.witnesses()
                    .orElseThrow(() -> new SnapshotRefusedException(
                            "block " + header.height() + " is shown as changing the witnesses, and doesn't"));
            if (!handovers.isEmpty() && header.height() <= handovers.lastKey()) {
                throw new SnapshotRefusedException("changes of the witnesses out of order");
            }
            handovers.put(header.height(), note);
            last = next;
            next = peer.handoverAfter(header.height());
        }
        SignedNote checkpoint = peer.log()
                .read("checkpoint")
                .map(SignedNote::parse)
                .orElseThrow(() -> new IOException(peer.organization() + " has nothing final"));
        if (last.filter(handover -> sizeOf(checkpoint) <= sizeOf(handover)).isPresent()) {
            return new Target(last.get(), handovers); // nothing came after it yet
        }
        requireFinal(known, checkpoint, origin);
        return new Target(checkpoint, handovers);
    }

    private static void requireFinal(WitnessSet witnesses, SignedNote note, String origin) {
        if (!witnesses.policy(origin).check(note).isTrusted()) {
            throw new SnapshotRefusedException("a checkpoint of "
                    + Checkpoint.parse(note.text()).size() + " entries has too few cosignatures (expected: those of "
                    + witnesses.quorum() + " of the " + witnesses.members().size() + " members at that time)");
        }
    }

    /** Header of the last block of a final log. */
    static BlockHeader last(LogReader log) {
        return Entry.headerAt(log, log.head().size())
                .orElseThrow(() -> new SnapshotRefusedException("the final log ends inside a block"));
    }

    long size() {
        return sizeOf(checkpoint);
    }

    private static long sizeOf(SignedNote checkpoint) {
        return Checkpoint.parse(checkpoint.text()).size();
    }
}
