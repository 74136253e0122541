package health.salus.ledger.join;

import health.salus.ledger.finality.Peer;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A node that alters some of what it sends.
 *
 * @param path how the path of an answer begins, below {@code ledger/}; of values of the state, {@code snapshots}
 */
record AlteredPeer(Peer honest, String path, Alteration alteration) implements Peer {
    /** What becomes of an answer. */
    @FunctionalInterface
    interface Alteration {
        byte[] of(byte[] answer) throws IOException;
    }

    static UnaryOperator<Peer> mask(String path, Alteration alteration) {
        return peer -> new AlteredPeer(peer, path, alteration);
    }

    private Optional<byte[]> answer(String asked, Optional<byte[]> answer) throws IOException {
        return answer.isPresent() && asked.startsWith(path) ? Optional.of(alteration.of(answer.get())) : answer;
    }

    @Override
    public String organization() {
        return honest.organization();
    }

    @Override
    public List<SignedNote> exchange(List<SignedNote> notes, boolean fresh) throws IOException, InterruptedException {
        return honest.exchange(notes, fresh);
    }

    @Override
    public Optional<SignedNote> handoverAfter(long height) throws IOException, InterruptedException {
        return answer(
                        "handovers",
                        honest.handoverAfter(height).map(note -> note.encode().getBytes(StandardCharsets.UTF_8)))
                .map(SignedNote::parse);
    }

    @Override
    public Optional<byte[]> stateValues(long height, String after) throws IOException, InterruptedException {
        return answer("snapshots", honest.stateValues(height, after));
    }

    @Override
    public TileSource log() {
        return asked -> answer(asked, honest.log().read(asked));
    }
}
