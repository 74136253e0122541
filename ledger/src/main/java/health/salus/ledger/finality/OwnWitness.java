package health.salus.ledger.finality;

import health.salus.ledger.block.BlockHeader;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.witness.AddCheckpoint;
import health.salus.tlog.witness.DirectoryWitnessStore;
import health.salus.tlog.witness.Witness;
import health.salus.tlog.witness.WitnessAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Cosigns the blocks of this node's own log. What it has cosigned it remembers in a directory that no copy of the ledger
 * includes, before anybody sees the cosignature: a ledger that is restored from an older copy must not make it cosign
 * another root for a size that it has cosigned. Not thread-safe.
 */
final class OwnWitness implements AutoCloseable {
    private final ReadableLog log;
    private final NoteSigner logSigner;
    private final Witness witness;
    private final DirectoryWitnessStore memory;

    OwnWitness(ReadableLog log, NoteSigner logSigner, CosignatureSigner signer, Path memory, InstantSource clock) {
        this.log = log;
        this.logSigner = logSigner;
        try {
            this.memory = DirectoryWitnessStore.open(memory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use what this node's witness remembers", e);
        }
        this.witness = new Witness(signer, List.of(logSigner.verifier()), this.memory, clock);
    }

    /** The last checkpoint that it cosigned. */
    Optional<SignedNote> last() {
        try {
            return witness.latest(log.origin());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what this node's witness remembers", e);
        }
    }

    /**
     * Remembers a larger checkpoint that it cosigned and forgot, as others show it.
     *
     * @param own verified to be its own
     */
    void adopt(Cosignature own) {
        try {
            witness.recall(own.note());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep what this node's witness has cosigned", e);
        }
    }

    /** Size of the last checkpoint that it cosigned, or 0. */
    long lastSize() {
        return last().map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
    }

    /**
     * Signs the checkpoint after a block, which is no older than {@link #lastSize}, as the log and as the witness; the
     * same one as often as asked, with the present time.
     *
     * @throws DivergenceException if it has cosigned something else
     */
    SignedNote cosign(BlockHeader block) {
        TreeHead head = log.head(block.index() + 1);
        SignedNote note = new Checkpoint(log.origin(), head).sign(logSigner);
        long older = lastSize();
        try {
            ConsistencyProof proof =
                    older == 0 ? new ConsistencyProof(List.of()) : log.consistencyProof(older, head.size());
            WitnessAnswer answer = witness.cosign(new AddCheckpoint(older, proof, note));
            if (answer instanceof WitnessAnswer.Cosigned(NoteSignature cosignature)) {
                return note.with(cosignature);
            }
            throw new DivergenceException("this node has cosigned another history than that of its ledger, up to size "
                    + older + "; restore the ledger from another node");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep what this node's witness cosigns", e);
        }
    }

    @Override
    public void close() {
        try {
            memory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close what this node's witness remembers", e);
        }
    }
}
