package health.salus.ledger.finality;

import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts what members have cosigned: which blocks of this node's log are final, and who contradicts it. A block that names
 * other witnesses is final by a quorum of its own only, and nothing after it is before it: whoever trusts the old
 * witnesses must hear of the new ones from them. Bounded, whatever members send. Not thread-safe.
 */
final class Tally {
    private static final int MOST_PENDING = 4_096;
    private static final int MOST_SETTLED = 1_024;
    private static final int MOST_AHEAD = 1_024; // for each member
    private static final int MOST_EVIDENCE = 32; // against each member, while this node runs

    private final String origin;
    private final NoteSigner logSigner;
    private final TreeMap<Long, PendingBlock> pending = new TreeMap<>(); // by size
    private final TreeMap<Long, PendingBlock> settled = new TreeMap<>(); // by size; the newest that are final
    private final Map<String, TreeMap<Long, Cosignature>> ahead = new HashMap<>(); // by organization and size
    private final Map<String, Integer> contradictions = new HashMap<>(); // how many, by organization
    private final List<Evidence> found = new ArrayList<>();
    private long end;

    Tally(String origin, NoteSigner logSigner) {
        this.origin = origin;
        this.logSigner = logSigner;
    }

    /** This node's log ends here, with a block that needs no cosignatures, or whose are kept elsewhere. */
    void pass(long size) {
        end = Math.max(end, size);
    }

    /**
     * This node's log ends with this block now.
     *
     * @return cosignatures of sizes before it that were waiting, each to be compared with the log
     */
    List<Cosignature> add(PendingBlock block) {
        pending.put(block.size(), block);
        pass(block.size());
        if (pending.size() > MOST_PENDING) {
            pending.values().stream()
                    .filter(older -> !older.isHandover())
                    .findFirst()
                    .ifPresent(oldest -> pending.remove(oldest.size()));
        }
        List<Cosignature> passed = new ArrayList<>();
        for (TreeMap<Long, Cosignature> sizes : ahead.values()) {
            Cosignature waiting = sizes.remove(block.size());
            passed.addAll(sizes.headMap(block.size()).values());
            sizes.headMap(block.size()).clear();
            if (waiting != null
                    && block.ruling()
                            .signerOf(waiting.checkpoint().text(), waiting.signature())
                            .isPresent()) {
                weigh(block, waiting);
            }
        }
        return passed;
    }

    /** The block that ends the tree of so many entries, if it is still counted. */
    Optional<PendingBlock> block(long size) {
        PendingBlock block = pending.get(size);
        return Optional.ofNullable(block != null ? block : settled.get(size));
    }

    /** Whether cosignatures of this size can only be compared with the log. */
    boolean isPast(long size) {
        return size > 0 && size <= end && block(size).isEmpty();
    }

    /**
     * Counts a cosignature of a member.
     *
     * @param ours this node's head at that size, where {@link #isPast}
     */
    void count(Cosignature cosignature, Optional<TreeHead> ours) {
        Optional<PendingBlock> block = block(cosignature.size());
        if (block.isPresent()) {
            weigh(block.get(), cosignature);
        } else if (cosignature.size() > end) {
            TreeMap<Long, Cosignature> sizes =
                    ahead.computeIfAbsent(cosignature.organization(), organization -> new TreeMap<>());
            sizes.put(cosignature.size(), cosignature);
            if (sizes.size() > MOST_AHEAD) {
                sizes.pollFirstEntry();
            }
        } else if (ours.isPresent()
                && !ours.get().root().equals(cosignature.checkpoint().root())
                && isWorthKeeping(cosignature.organization())) {
            found.add(new Evidence(new Checkpoint(origin, ours.get()).sign(logSigner), cosignature.note()));
        }
    }

    private void weigh(PendingBlock block, Cosignature cosignature) {
        if (block.agrees(cosignature.checkpoint())) {
            if (block.add(cosignature)) {
                block.contradictions().forEach(other -> found.add(evidence(block, other)));
            }
        } else if (block.contradict(cosignature) && isWorthKeeping(cosignature.organization())) {
            found.add(evidence(block, cosignature));
        }
    }

    private boolean isWorthKeeping(String organization) {
        return contradictions.merge(organization, 1, Integer::sum) <= MOST_EVIDENCE;
    }

    private Evidence evidence(PendingBlock block, Cosignature other) {
        SignedNote ours = block.note(logSigner);
        return new Evidence(ours, other.note());
    }

    /** Blocks that have become final by a quorum of their own, ascending; those before them are final by that. */
    List<PendingBlock> settle() {
        List<PendingBlock> reached = new ArrayList<>();
        for (PendingBlock block : pending.values()) {
            if (block.isFinal()) {
                reached.add(block);
            } else if (block.isGate()) {
                break;
            }
        }
        if (!reached.isEmpty()) {
            Iterator<PendingBlock> done =
                    pending.headMap(reached.getLast().size(), true).values().iterator();
            while (done.hasNext()) {
                PendingBlock block = done.next();
                if (block.isFinal() || !block.isHandover()) {
                    done.remove();
                    settled.put(block.size(), block);
                }
            }
            while (settled.size() > MOST_SETTLED) {
                settled.pollFirstEntry();
            }
        }
        return reached;
    }

    /** Those that wait, ascending. */
    List<PendingBlock> pending() {
        return List.copyOf(pending.values());
    }

    /** The first block beyond which nothing counts yet. */
    Optional<PendingBlock> gate() {
        return pending.values().stream().filter(PendingBlock::isGate).findFirst();
    }

    /** The first block that changes the witnesses and of which nothing shows that it is final. */
    Optional<PendingBlock> missing() {
        return pending.values().stream().filter(PendingBlock::isHandover).findFirst();
    }

    /** Members that have cosigned another root for a size of this node's log. */
    Set<String> contradicting() {
        return new TreeSet<>(contradictions.keySet());
    }

    /** What is to be kept against others, once. */
    List<Evidence> takeEvidence() {
        List<Evidence> taken = List.copyOf(found);
        found.clear();
        return taken;
    }
}
