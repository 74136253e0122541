package health.salus.ledger.join;

import health.salus.ledger.LedgerDamagedException;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.finality.Membership;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.state.SnapshotRefusedException;
import health.salus.ledger.state.StateImport;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.verify.FinalityProof;
import health.salus.tlog.CorruptLogException;
import health.salus.tlog.LogCopy;
import health.salus.tlog.LogReader;
import health.salus.tlog.LogStorageException;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings a node that has no ledger, or one that is far behind, to a recent final height before its ledger is opened, by what
 * another node sends. Verified are, before anything is used: that a quorum has made the checkpoint final, by witnesses that
 * lead from those known here; every entry of the log against that checkpoint; and the root of the state against the header
 * in that log. Not verified is what the quorum vouches for: that executing the entries gives that state. The ledger does
 * that later, when it is open ({@code Backfill}).
 *
 * <p>Everything is made in a directory of its own and put in the ledger's place when it is whole. What an interrupted run,
 * or one with a node that lied, has left there and is true, is not fetched again. For one use.
 */
public final class SnapshotJoin {
    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotJoin.class);

    private static final Duration MOST_SILENCE = Duration.ofSeconds(10); // nodes that don't answer delay the start
    private static final Worth WORTH = new Worth(20_000, 4);

    private final JoinDirectory dir;
    private final Genesis genesis;
    private final NoteSigner signer;
    private final Rules rules;
    private final Membership membership;
    private final Worth worth;

    /**
     * When a snapshot saves time.
     *
     * @param missing with fewer entries to take, executing them is as fast
     * @param slower how many entries are copied while one is executed; all must be copied or compared
     */
    record Worth(long missing, int slower) {
        boolean isIt(long own, long all) {
            return all - own >= missing && (all - own) * slower >= all;
        }
    }

    /**
     * For the ledger in {@code dir}, which is not open.
     *
     * @param genesis the operator's; what is believed follows from it, or from the ledger that is there
     * @param signer signs the checkpoint of this node's copy of the log
     */
    public SnapshotJoin(Path dir, Genesis genesis, NoteSigner signer, Rules rules, Membership membership) {
        this(dir, genesis, signer, rules, membership, WORTH);
    }

    SnapshotJoin(Path dir, Genesis genesis, NoteSigner signer, Rules rules, Membership membership, Worth worth) {
        this.dir = new JoinDirectory(dir);
        this.genesis = genesis;
        this.signer = signer;
        this.rules = rules;
        this.membership = membership;
        this.worth = worth;
    }

    /** Ends what a stop of the node has interrupted while a new ledger was put in the place of the one in {@code dir}. */
    public static void recover(Path dir) {
        new JoinDirectory(dir).recover();
    }

    /**
     * Takes a snapshot if that is faster than executing what this node lacks, from the first of the other nodes that has a
     * true one. Answers whether it did; otherwise the ledger is as it was.
     *
     * @throws LedgerDamagedException if this node's own log is not what a quorum has made final
     */
    public boolean run() throws InterruptedException {
        dir.recover();
        Optional<Anchor> anchor = Files.exists(dir.ledger())
                ? Anchor.ledger(dir.state(), membership.peers())
                : Optional.of(Anchor.genesis(genesis, rules, membership.peers()));
        if (anchor.filter(known -> !known.witnesses().isEmpty()).isEmpty()) {
            return false;
        }
        Set<Answer> answers = EnumSet.noneOf(Answer.class);
        long silence = 0;
        for (Peer peer : anchor.get().peers()) {
            if (!peer.organization().equals(membership.organization()) && silence < MOST_SILENCE.toNanos()) {
                long asked = System.nanoTime();
                Answer answer = takeFrom(peer, anchor.get());
                answers.add(answer);
                silence += answer == Answer.NONE ? System.nanoTime() - asked : 0;
                if (answer == Answer.SNAPSHOT) {
                    return true;
                }
            }
        }
        if (answers.contains(Answer.NEAR) && !answers.contains(Answer.REFUSED)) {
            dir.drop();
        }
        return false;
    }

    /** What came of asking a node. */
    private enum Answer {
        /** A snapshot that was taken. */
        SNAPSHOT,
        /** It isn't so far ahead that a snapshot would save time. */
        NEAR,
        /** One that is not true, or didn't arrive. */
        REFUSED,
        /** It could not be asked how far it is. */
        NONE
    }

    private Answer takeFrom(Peer reached, Anchor anchor) throws InterruptedException {
        Peer peer = new PacedPeer(reached);
        Answer failed = Answer.NONE;
        try {
            Target target = Target.find(anchor, peer, genesis.origin());
            if (!worth.isIt(anchor.size(), target.size())) {
                return Answer.NEAR;
            }
            failed = Answer.REFUSED;
            take(peer, anchor, target);
            return Answer.SNAPSHOT;
        } catch (IOException
                | IllegalArgumentException // malformed notes, headers, values
                | CorruptLogException
                | LogStorageException
                | SnapshotRefusedException e) {
            LOGGER.atLevel(failed == Answer.NONE && e instanceof IOException ? Level.INFO : Level.WARN)
                    .addKeyValue("organization", peer.organization())
                    .addKeyValue("error", e.getMessage())
                    .log("snapshot not taken from this node");
            return failed;
        }
    }

    private void take(Peer peer, Anchor anchor, Target target) throws IOException, InterruptedException {
        LogReader log = LogReader.open(peer.log(), target.checkpoint());
        check(log);
        BlockHeader newest = settled(log);
        Optional<Long> begun = dir.begun().filter(height -> height > anchor.height() && height <= newest.height());
        if (begun.isEmpty() || !make(peer, target, log, begun.get())) { // what was begun may be of one who lied
            dir.dropState();
            if (!make(peer, target, log, newest.height())) {
                dir.dropState();
                throw new SnapshotRefusedException("the values of the state at height " + newest.height()
                        + " do not have the root that the block's header has");
            }
        }
        proof(target).write(dir.made());
        dir.install();
        LOGGER.atInfo().addKeyValue("entries", target.size()).log("snapshot taken and verified");
    }

    /** Whether the state at {@code height} comes out as the log says. */
    private boolean make(Peer peer, Target target, LogReader log, long height)
            throws IOException, InterruptedException {
        LOGGER.atInfo()
                .addKeyValue("organization", peer.organization())
                .addKeyValue("height", height)
                .addKeyValue("entries", target.size())
                .log("taking a snapshot");
        try (StateImport state = StateImport.open(dir.newState(), height)) {
            LogIndex index = new LogIndex(state, height);
            try (StateFetch values = new StateFetch(peer, state, height)) {
                new LogCopy<>(peer.log(), target.checkpoint(), dir.ownTiles(), dir.newLog(), LogIndex::read)
                        .run(signer, index::add);
                values.await();
            }
            decide(index, state, log);
            return state.finish(index.found().state(), index.found().index() + 1);
        }
    }

    private void check(LogReader log) {
        if (!(Entry.decode(log.entry(0)) instanceof Entry.GenesisEntry(Genesis first)) || !first.equals(genesis)) {
            throw new SnapshotRefusedException("the log begins with another genesis");
        }
        if (Files.exists(dir.ledger())) {
            try (StoppedLog own = StoppedLog.open(dir.log(), genesis.origin(), signer.verifier())) {
                requirePart(own.head(), log);
            }
        }
    }

    private static void requirePart(TreeHead own, LogReader log) {
        if (own.size() <= log.head().size() && !log.head(own.size()).equals(own)) {
            throw new LedgerDamagedException("a quorum has made another history final than this node's log has, within "
                    + own.size() + " entries; keep this data directory as evidence and restore the node from another");
        }
    }

    /** The newest block that doesn't change the witnesses: the next one's are proven by the state after it. */
    private static BlockHeader settled(LogReader log) {
        BlockHeader header = Target.last(log);
        while (header.witnesses().isPresent() && header.height() > 0) {
            header = Entry.headerAt(log, header.first())
                    .orElseThrow(() -> new SnapshotRefusedException("a header follows no block"));
        }
        return header;
    }

    /** A key that is known was known then, as far as anybody can tell without executing; executing later corrects it. */
    private void decide(LogIndex index, StateImport state, LogReader log) {
        for (LogIndex.Undecided one : index.undecided()) {
            if (Entry.decode(log.entry(one.place().index())) instanceof Entry.TransactionEntry(byte[] jws)
                    && Candidate.of(jws) instanceof Candidate.Parsed(Transaction transaction, var unverified)
                    && rules.keys()
                            .find(
                                    state.values(),
                                    transaction.signer(),
                                    one.header().time())
                            .isPresent()) {
                state.transaction(one.id(), one.place());
            }
        }
    }

    private FinalityProof proof(Target target) throws IOException {
        SortedMap<Long, SignedNote> handovers = new TreeMap<>(target.handovers());
        FinalityProof.read(dir.ledger()).ifPresent(old -> handovers.putAll(old.handovers()));
        return new FinalityProof(target.checkpoint(), handovers);
    }
}
