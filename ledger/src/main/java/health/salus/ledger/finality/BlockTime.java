package health.salus.ledger.finality;

import health.salus.ledger.ordering.Proposal;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What time a block has: that of its proposal, never before the block before, and never ahead of the clocks that the
 * proposal shows. Cosignatures carry the time at which they were made; of f + 1 members at least one is honest, so that the
 * (f + 1)th of those times, and {@link #TOLERANCE}, bounds how far a liar can move the network's time. A pure function, the
 * same on every node; a proposal without such clocks has the time of the block before.
 */
public final class BlockTime {
    /** How far a proposal may be ahead of the clocks that it shows. */
    public static final Duration TOLERANCE = Duration.ofSeconds(60);

    private BlockTime() {}

    /**
     * The time of the block that {@code proposal} becomes.
     *
     * @param previous time of the block before
     * @param ruling the witnesses in force for the block
     */
    public static Instant of(Proposal proposal, Instant previous, Ruling ruling) {
        Instant claimed = ruling.set().isEmpty()
                ? proposal.time()
                : bound(proposal.clocks(), ruling)
                        .map(bound -> proposal.time().isBefore(bound) ? proposal.time() : bound)
                        .orElse(previous);
        return claimed.isBefore(previous) ? previous : claimed;
    }

    private static Optional<Instant> bound(List<SignedNote> clocks, Ruling ruling) {
        int signatures =
                clocks.stream().mapToInt(clock -> clock.signatures().size()).sum();
        if (signatures > WitnessSet.MOST) { // nobody can make verifying expensive
            return Optional.empty();
        }
        Map<String, Instant> times = new HashMap<>(); // by organization
        for (SignedNote clock : clocks) {
            if (isOf(ruling.origin(), clock)) {
                clock.signatures().forEach(signature -> add(times, clock, signature, ruling));
            }
        }
        return times.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(ruling.set().faults())
                .findFirst()
                .map(time -> time.plus(TOLERANCE));
    }

    private static boolean isOf(String origin, SignedNote clock) {
        try {
            return Checkpoint.parse(clock.text()).origin().equals(origin);
        } catch (NoteException e) {
            return false;
        }
    }

    private static void add(Map<String, Instant> times, SignedNote clock, NoteSignature signature, Ruling ruling) {
        ruling.signerOf(clock.text(), signature)
                .ifPresent(organization -> times.merge(
                        organization,
                        CosignatureVerifier.time(signature),
                        (one, other) -> one.isAfter(other) ? one : other));
    }
}
