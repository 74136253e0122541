package health.salus.ordering.raft;

import health.salus.ledger.ordering.Proposal;
import java.util.Optional;

/** What the Raft log says should be done next. */
sealed interface Item {
    /** What holds once it is done. */
    Marker marker();

    /** Bytes that it occupies while it waits. */
    default int size() {
        return 0;
    }

    /** A batch becomes the block at the marker's height. */
    record Batch(Marker marker, Proposal proposal, Optional<Flight> flight, int size) implements Item {}

    /** The log begins behind these heights; their blocks are with other nodes if they aren't here. */
    record Gap(Marker marker) implements Item {}

    /** An entry that is no batch. */
    record Passed(Marker marker) implements Item {}
}
