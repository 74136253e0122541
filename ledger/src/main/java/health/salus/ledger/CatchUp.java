package health.salus.ledger;

import health.salus.ledger.block.BlockAssembly;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.CandidateReader;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.finality.WitnessSet;
import health.salus.tlog.CorruptLogException;
import health.salus.tlog.LogReader;
import health.salus.tlog.LogStorageException;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a ledger up with blocks of other nodes. Only what a quorum of the witnesses that this node knows has cosigned is
 * taken, and every block is executed: its header must come out as the others have it. Where the witnesses changed
 * meanwhile, the blocks up to the change come first, by the word of the old ones. Not thread-safe.
 */
final class CatchUp {
    private static final Logger LOGGER = LoggerFactory.getLogger(CatchUp.class);

    private final Chain chain;
    private final CandidateReader reader;
    private final Store store;
    private final Consumer<SignedNote> proven;

    /** Executes and stores blocks. */
    @FunctionalInterface
    interface Store {
        /** @param last whether it is the block that was cosigned; those before it are final by that */
        void take(BlockHeader header, List<Candidate> candidates, boolean last);
    }

    /** @param proven told what a quorum has cosigned when everything up to there is stored */
    CatchUp(Chain chain, CandidateReader reader, Store store, Consumer<SignedNote> proven) {
        this.chain = chain;
        this.reader = reader;
        this.store = store;
        this.proven = proven;
    }

    /**
     * Takes what this peer has beyond this ledger.
     *
     * @throws LedgerDamagedException if executing it gives something else than a quorum has cosigned
     */
    void takeFrom(Peer peer) throws InterruptedException {
        try {
            Optional<SignedNote> trusted = trusted(peer);
            if (trusted.isPresent()) {
                take(peer, trusted.get());
            }
        } catch (IOException | NoteException | CorruptLogException | LogStorageException e) {
            if (e instanceof LogStorageException storage
                    && storage.outcome() != LogStorageException.Outcome.NOTHING_DONE) {
                throw storage;
            }
            LOGGER.atWarn()
                    .addKeyValue("organization", peer.organization())
                    .addKeyValue("error", e.getMessage())
                    .log("blocks not taken from this node");
        }
    }

    /** A checkpoint of the peer beyond this ledger's end that the witnesses known here have made final. */
    private Optional<SignedNote> trusted(Peer peer) throws IOException, InterruptedException {
        WitnessSet known = WitnessSet.in(chain.state().latest());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        TrustPolicy policy = known.policy(chain.genesis().origin());
        Optional<SignedNote> newest =
                peer.log().read("checkpoint").map(SignedNote::parse).filter(note -> isNews(note, policy));
        return newest.isPresent()
                ? newest
                : peer.handoverAfter(chain.last().height()).filter(note -> isNews(note, policy));
    }

    private boolean isNews(SignedNote note, TrustPolicy policy) {
        return policy.check(note).isTrusted()
                && Checkpoint.parse(note.text()).size() > chain.log().head().size();
    }

    private void take(Peer peer, SignedNote trusted) {
        long size = Checkpoint.parse(trusted.text()).size();
        BlockAssembly blocks = new BlockAssembly(
                reader, (header, candidates) -> store.take(header, candidates, header.index() + 1 == size));
        try (ReadAhead tiles = new ReadAhead(peer.log(), size)) {
            LogReader.open(tiles, trusted).scan(chain.log().head().size(), size, blocks::add);
        }
        blocks.end();
        proven.accept(trusted);
    }
}
