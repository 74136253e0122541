package health.salus.ledger.finality;

import health.salus.ledger.block.BlockHeader;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A block of this node's log and what members have cosigned for its size. Not thread-safe. */
final class PendingBlock {
    private final BlockHeader header;
    private final Checkpoint checkpoint;
    private final String text;
    private final Ruling ruling;
    private final SortedMap<String, NoteSignature> cosignatures = new TreeMap<>(); // by organization
    private final SortedMap<String, Cosignature> contradictions = new TreeMap<>(); // by organization, the first of each
    private Optional<NoteSignature> logSignature = Optional.empty(); // by a member
    private final boolean lost;
    final long committedNanos = System.nanoTime();

    PendingBlock(BlockHeader header, Checkpoint checkpoint, Ruling ruling) {
        this(header, checkpoint, ruling, false);
    }

    /** @param lost whether this node had it final once and no longer has what shows that */
    PendingBlock(BlockHeader header, Checkpoint checkpoint, Ruling ruling, boolean lost) {
        this.header = header;
        this.checkpoint = checkpoint;
        this.text = checkpoint.text();
        this.ruling = ruling;
        this.lost = lost;
    }

    BlockHeader header() {
        return header;
    }

    long height() {
        return header.height();
    }

    long size() {
        return checkpoint.size();
    }

    Ruling ruling() {
        return ruling;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Whether other witnesses rule the blocks after it, which its own quorum has to say. */
    boolean isHandover() {
        return header.height() > 0 && header.witnesses().isPresent();
    }

    /** Whether nothing after it counts before it is final. */
    boolean isGate() {
        return isHandover() && !lost && !isFinal();
    }

    boolean agrees(Checkpoint other) {
        return other.text().equals(text);
    }

    /** Counts a cosignature that agrees; answers whether that was news. */
    boolean add(Cosignature cosignature) {
        if (ruling.set().member(cosignature.organization()).isEmpty()) {
            return false;
        }
        if (logSignature.isEmpty()) {
            logSignature = cosignature.log();
        }
        return cosignatures.put(cosignature.organization(), cosignature.signature()) == null;
    }

    /** Remembers a cosignature that doesn't agree; answers whether that was news. */
    boolean contradict(Cosignature cosignature) {
        return contradictions.putIfAbsent(cosignature.organization(), cosignature) == null;
    }

    Collection<Cosignature> contradictions() {
        return List.copyOf(contradictions.values());
    }

    boolean isFinal() {
        return cosignatures.size() >= ruling.set().quorum();
    }

    /** The checkpoint signed as the log, by this node if it is a member, and with all cosignatures so far. */
    SignedNote note(NoteSigner log) {
        SignedNote note = logSignature
                .filter(by -> !ruling.hasLog(log.verifier()))
                .map(by -> new SignedNote(text, List.of(by)))
                .orElseGet(() -> checkpoint.sign(log));
        for (NoteSignature signature : cosignatures.values()) {
            note = note.with(signature);
        }
        return note;
    }
}
