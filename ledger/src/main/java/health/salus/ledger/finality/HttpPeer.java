package health.salus.ledger.finality;

import health.salus.ledger.state.StateValues;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Another node by HTTP, below {@code <node>/ledger}: {@code POST cosignatures} with {@link NotesMessage}s,
 * {@code GET handovers?after=<height>} for a note, {@code snapshots/<height>?after=<key>} for {@link StateValues},
 * {@code checkpoint} and {@code tile/…} of its log.
 *
 * @param node base URL, without a slash at the end
 */
public record HttpPeer(String organization, URI node, PeerClient client) implements Peer {
    private static final Duration TIMEOUT = Duration.ofSeconds(5); // for the whole answer
    private static final Duration TILE_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_NOTE_BYTES = 1 << 20;
    private static final int MAX_TILE_BYTES = 20 << 20; // 256 entries of 65,535 bytes, and some

    @Override
    public List<SignedNote> exchange(List<SignedNote> notes, boolean fresh) throws IOException, InterruptedException {
        byte[] message = new NotesMessage(notes, fresh).encode();
        byte[] answer = client.post(to("cosignatures"), message, NotesMessage.MAX_BYTES);
        try {
            return NotesMessage.parse(answer).notes();
        } catch (IllegalArgumentException e) {
            throw new IOException("answer of " + organization, e);
        }
    }

    @Override
    public Optional<SignedNote> handoverAfter(long height) throws IOException, InterruptedException {
        Optional<byte[]> answer = client.get(to("handovers?after=" + height), MAX_NOTE_BYTES, TIMEOUT);
        try {
            return answer.map(SignedNote::parse);
        } catch (NoteException e) {
            throw new IOException("answer of " + organization, e);
        }
    }

    @Override
    public Optional<byte[]> stateValues(long height, String after) throws IOException, InterruptedException {
        return client.get(
                to("snapshots/" + height + "?after=" + after), // keys need no escape
                StateValues.MAX_BYTES,
                TILE_TIMEOUT);
    }

    @Override
    public TileSource log() {
        return path -> {
            try {
                return client.get(to(path), MAX_TILE_BYTES, TILE_TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading from " + organization);
            }
        };
    }

    private URI to(String path) {
        return URI.create(node + "/ledger/" + path);
    }
}
