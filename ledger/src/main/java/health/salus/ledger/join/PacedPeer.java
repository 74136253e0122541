package health.salus.ledger.join;

import health.salus.ledger.finality.Peer;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A peer that is given up when what it sends keeps this node from starting for too long. Thread-safe. */
final class PacedPeer implements Peer {
    private static final long BYTES_PER_SECOND = 512 << 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1); // before the pace counts

    private final Peer peer;
    private final long start = System.nanoTime();
    private final AtomicLong received = new AtomicLong();

    PacedPeer(Peer peer) {
        this.peer = peer;
    }

    private Optional<byte[]> counted(Optional<byte[]> answer) throws IOException {
        long bytes = received.addAndGet(answer.map(content -> content.length).orElse(0));
        long seconds =
                Duration.ofNanos(System.nanoTime() - start).minus(PATIENCE).toSeconds();
        if (seconds * BYTES_PER_SECOND > bytes) {
            throw new IOException(peer.organization() + " sent " + bytes + " bytes in "
                    + (seconds + PATIENCE.toSeconds()) + " s, which is too slow");
        }
        return answer;
    }

    @Override
    public String organization() {
        return peer.organization();
    }

    @Override
    public List<SignedNote> exchange(List<SignedNote> notes, boolean fresh) throws IOException, InterruptedException {
        return peer.exchange(notes, fresh);
    }

    @Override
    public Optional<SignedNote> handoverAfter(long height) throws IOException, InterruptedException {
        return peer.handoverAfter(height);
    }

    @Override
    public Optional<byte[]> stateValues(long height, String after) throws IOException, InterruptedException {
        return counted(peer.stateValues(height, after));
    }

    @Override
    public TileSource log() {
        TileSource tiles = peer.log();
        return path -> counted(tiles.read(path));
    }
}
