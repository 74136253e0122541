package health.salus.ledger.finality;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes blocks final: cosigns each one that this node has executed, tells the other nodes, counts theirs. A block is final
 * when a quorum of the witnesses in force for it has cosigned the checkpoint after it, or the one after a later block,
 * every change of the witnesses between them being final by a quorum of those before it. Where the network has no witnesses
 * a block is final as soon as it is stored.
 *
 * <p>Nobody cosigns under new witnesses before the change is final and that is stored: else nodes that stop together could
 * never show it. What another node says is compared with this node's own log. One that contradicts it is kept as
 * {@link Evidence}, and if more members than may lie do, this node stops: then it is this one that has another history.
 * Files are read and written without the lock. Thread-safe.
 */
public final class Finality implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Finality.class);

    private static final int MOST_COSIGNED_AT_ONCE = 256; // a node further behind begins with the newest
    private static final Duration KEEP_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofMillis(500);

    private final Blocks blocks;
    private final ReadableLog log;
    private final NoteSigner logSigner;
    private final FinalityStore store;
    private final Optional<Membership> membership;
    private final Optional<OwnWitness> witness;
    private final Exchange exchange;
    private final Consumer<RuntimeException> stop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread worker =
            Thread.ofPlatform().daemon().name("ledger-finality").unstarted(this::work);

    // all below guarded by lock
    private final Tally tally;
    private final Recovery recovery = new Recovery();
    private final Newest seen = new Newest();
    private final TreeMap<Long, List<CompletableFuture<Void>>> waiting = new TreeMap<>(); // by height
    private final List<CompletableFuture<Void>> arrived = new ArrayList<>(); // to be completed without the lock
    private final TreeMap<Long, SignedNote> handovers;
    private final TreeMap<Long, SignedNote> unkeptHandovers = new TreeMap<>();
    private Ruling ruling; // of the next block
    private PendingBlock last;
    private long finalHeight = -1;
    private @Nullable SignedNote finalNote;
    private @Nullable SignedNote keptNote;
    private long keptNanos = System.nanoTime() - KEEP_EVERY.toNanos();
    private long ownSize; // of the largest tree that this node has cosigned, as it remembers or was shown
    private long cosignedSize; // the same since it was started
    private @Nullable Cosignature shown; // by this node itself, and not remembered yet
    private @Nullable DivergenceException divergence;
    private boolean diverged;
    private boolean refresh;
    private long lastDelayNanos;
    private boolean closing;

    /**
     * What the worker has to do.
     *
     * @param asks whether others may know what this node waits for
     */
    private record Due(Optional<Cosignature> shown, List<PendingBlock> blocks, boolean asks) {}

    /**
     * Takes up what was kept; {@link #start} lets it work.
     *
     * @param directory for what is kept of it
     * @param membership empty: this node only follows what others cosign
     * @param stop told when this node must not write any more
     */
    public Finality(
            Blocks blocks,
            NoteSigner logSigner,
            Path directory,
            Optional<Membership> membership,
            InstantSource clock,
            Consumer<RuntimeException> stop) {
        this.blocks = blocks;
        this.log = blocks.log();
        this.logSigner = logSigner;
        this.store = new FinalityStore(directory);
        this.membership = membership;
        this.stop = stop;
        this.handovers = new TreeMap<>(store.handovers());
        this.tally = new Tally(log.origin(), logSigner);
        this.witness = membership.map(own -> new OwnWitness(log, logSigner, own.witness(), own.memory(), clock));
        this.ownSize = witness.map(OwnWitness::lastSize).orElse(0L);
        this.exchange = new Exchange(this);
        BlockHeader newest = blocks.last();
        this.ruling = new Ruling(WitnessSet.in(blocks.state(newest.height())), log.origin());
        this.last = pendingBlock(newest, rulingOf(newest));
        resume(newest);
    }

    /** Begins to cosign and to talk to the other nodes. */
    public void start() {
        worker.start();
        meetPeers();
    }

    /** Takes up the newest final checkpoint that was kept, and the blocks after it. */
    private void resume(BlockHeader newest) {
        tally.pass(last.size());
        if (ruling.set().isEmpty()) {
            finalHeight = newest.height();
            return;
        }
        finalHeight = blocks.first() > 0 ? blocks.first() : -1;
        store.checkpoint().ifPresent(this::resume);
        for (long next = finalHeight + 1; next <= newest.height(); next++) {
            BlockHeader header = next == newest.height() ? newest : blocks.header(next);
            boolean handover = header.height() > 0 && header.witnesses().isPresent();
            if (handover && handovers.containsKey(next)) {
                continue;
            }
            if (handover || newest.height() - next < MOST_COSIGNED_AT_ONCE) {
                Ruling before = rulingOf(header);
                boolean lost = handover && ownSize > header.index() + 1;
                PendingBlock block = new PendingBlock(header, checkpoint(header), before, lost);
                tally.add(block);
            }
        }
    }

    private void resume(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        Optional<BlockHeader> header = Entry.headerAt(log, checkpoint.size());
        if (header.isEmpty() || !log.head(checkpoint.size()).root().equals(checkpoint.root())) {
            return;
        }
        Ruling before = rulingOf(header.get());
        if (!before.set().isEmpty()
                && before.set().policy(log.origin()).check(note).isTrusted()) {
            finalNote = note;
            finalHeight = header.get().height();
            for (Cosignature cosignature : cosignatures(note, before)) { // somebody may have forgotten it
                if (isOwn(cosignature.organization())) {
                    show(cosignature);
                } else {
                    seen.add(cosignature);
                }
            }
        }
    }

    private Ruling rulingOf(BlockHeader header) {
        long before = header.witnesses().isPresent() ? Math.max(0, header.height() - 1) : header.height();
        return new Ruling(WitnessSet.in(blocks.state(before)), log.origin());
    }

    private Checkpoint checkpoint(BlockHeader header) {
        return new Checkpoint(log.origin(), log.head(header.index() + 1));
    }

    private PendingBlock pendingBlock(BlockHeader header, Ruling before) {
        return new PendingBlock(header, checkpoint(header), before);
    }

    /** Finds out anew who the other nodes are. */
    public void meetPeers() {
        membership.ifPresent(own ->
                exchange.meet(own.peers().apply(blocks.state(blocks.last().height())).stream()
                        .filter(peer -> !peer.organization().equals(own.organization()))
                        .toList()));
    }

    /** A block is durable; blocks come in order. */
    public void committed(BlockHeader header) {
        PendingBlock block = pendingBlock(header, ruling());
        Optional<Ruling> next = header.witnesses().map(set -> new Ruling(set, log.origin()));
        if (next.isPresent()) {
            meetPeers(); // before it is cosigned: a new member is told, too
        }
        List<Cosignature> passed = List.of();
        lock.lock();
        try {
            last = block;
            ruling = next.orElse(ruling);
            if (block.ruling().set().isEmpty()) {
                tally.pass(block.size());
                reached(header.height());
            } else {
                passed = tally.add(block);
                settle();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        passed.forEach(this::receive);
        followUp();
    }

    /**
     * As {@link #committed}, for one that is final by a later block, which follows with its cosignatures: there is nothing to
     * count, unless it changes the witnesses.
     */
    public void passed(BlockHeader header) {
        if (header.witnesses().isPresent()) {
            committed(header);
            return;
        }
        PendingBlock block = pendingBlock(header, ruling());
        lock.lock();
        try {
            last = block;
            tally.pass(block.size());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what somebody says that members have cosigned; what no member has is ignored.
     *
     * @param note a checkpoint with cosignatures
     */
    public void receive(SignedNote note) {
        cosignatures(note).forEach(this::receive);
    }

    private List<Cosignature> cosignatures(SignedNote note) {
        try {
            return cosignatures(note, rulingFor(Checkpoint.parse(note.text()).size()));
        } catch (NoteException e) {
            return List.of();
        }
    }

    private List<Cosignature> cosignatures(SignedNote note, Ruling known) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (!checkpoint.origin().equals(log.origin())
                || !checkpoint.extensions().isEmpty()) {
            return List.of();
        }
        List<Cosignature> all = new ArrayList<>();
        Optional<NoteSignature> byLog = known.logSignature(note);
        for (NoteSignature signature : note.signatures()) {
            known.signerOf(note.text(), signature)
                    .ifPresent(organization -> all.add(new Cosignature(organization, checkpoint, signature, byLog)));
        }
        return all;
    }

    private Ruling rulingFor(long size) {
        lock.lock();
        try {
            return tally.block(size).map(PendingBlock::ruling).orElse(ruling);
        } finally {
            lock.unlock();
        }
    }

    private void receive(Cosignature cosignature) {
        Optional<TreeHead> ours =
                isPast(cosignature.size()) ? Optional.of(log.head(cosignature.size())) : Optional.empty();
        lock.lock();
        try {
            if (isOwn(cosignature.organization())) {
                show(cosignature);
            } else {
                seen.add(cosignature);
            }
            tally.count(cosignature, ours);
            settle();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        followUp();
    }

    private boolean isPast(long size) {
        lock.lock();
        try {
            return tally.isPast(size);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOwn(String organization) {
        return membership.filter(own -> own.organization().equals(organization)).isPresent();
    }

    /** Others may know more of what this node has cosigned than it does itself, when it was restored from a copy. */
    private void show(Cosignature own) {
        if (own.size() > ownSize) {
            ownSize = own.size();
            shown = own;
            recovery.begin(own.size());
            LOGGER.atWarn()
                    .addKeyValue("size", own.size())
                    .log("this node has cosigned more than it remembers; it waits for the others");
        }
    }

    /** A peer has answered what it knows, asked at {@code askedNanos}. */
    void answered(String organization, List<SignedNote> notes, long askedNanos) {
        for (SignedNote note : notes) {
            List<Cosignature> said = cosignatures(note);
            said.forEach(this::receive);
            lock.lock();
            try {
                said.stream()
                        .filter(cosignature -> cosignature.organization().equals(organization))
                        .forEach(cosignature -> recovery.confirm(organization, cosignature.size(), askedNanos));
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        lock.lock();
        try {
            changed.signalAll(); // even an empty answer counts as one
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        List<PendingBlock> reached = tally.settle();
        for (PendingBlock block : reached) {
            if (block.isHandover()) {
                SignedNote note = block.note(logSigner);
                handovers.put(block.height(), note);
                unkeptHandovers.put(block.height(), note);
            }
        }
        if (!reached.isEmpty() && reached.getLast().height() > finalHeight) {
            PendingBlock highest = reached.getLast();
            finalNote = highest.note(logSigner);
            lastDelayNanos = System.nanoTime() - highest.committedNanos;
            reached(highest.height());
        }
        findDivergence();
    }

    private void reached(long nowFinal) {
        finalHeight = nowFinal;
        NavigableMap<Long, List<CompletableFuture<Void>>> done = waiting.headMap(nowFinal, true);
        done.values().forEach(arrived::addAll);
        done.clear();
    }

    private void findDivergence() {
        if (diverged) {
            return;
        }
        Set<String> contradicting = tally.contradicting();
        WitnessSet set = ruling.set();
        long others = contradicting.stream()
                .filter(organization -> set.member(organization).isPresent())
                .count();
        if (contradicting.stream().anyMatch(this::isOwn)) {
            diverged = true;
            divergence = new DivergenceException(
                    "this node has cosigned another block than its ledger has; restore the ledger from another node");
        } else if (others > set.faults()) {
            diverged = true;
            divergence = new DivergenceException(others + " of " + set.members().size()
                    + " members have cosigned other blocks than this node has; see 'salus network evidence', then "
                    + "restore this node from another");
        }
    }

    /** This node has found out that what it believed of the members is not so: it cosigns no more, and is stopped. */
    public void contradict(DivergenceException found) {
        lock.lock();
        try {
            diverged = true;
            divergence = found;
        } finally {
            lock.unlock();
        }
        followUp();
    }

    /** Does without the lock what follows from what was counted. */
    private void followUp() {
        List<CompletableFuture<Void>> done;
        List<Evidence> found;
        DivergenceException ending;
        lock.lock();
        try {
            done = List.copyOf(arrived);
            arrived.clear();
            found = tally.takeEvidence();
            ending = divergence;
            divergence = null;
        } finally {
            lock.unlock();
        }
        done.forEach(future -> future.complete(null));
        for (Evidence evidence : found) {
            LOGGER.atError()
                    .addKeyValue("size", Checkpoint.parse(evidence.one().text()).size())
                    .log("another root was cosigned for a size of this node's log; both notes are kept");
            try {
                store.keepEvidence(evidence);
            } catch (UncheckedIOException e) {
                LOGGER.atError().addKeyValue("error", e.getMessage()).log("evidence not kept");
            }
        }
        if (ending != null) {
            stop.accept(ending);
        }
    }

    /**
     * Completes when the block at {@code height} is final; with an exception when this ends first. What depends on it runs on
     * a thread that takes or makes cosignatures, so it must be short.
     */
    public CompletableFuture<Void> whenFinal(long height) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        lock.lock();
        try {
            if (height <= finalHeight) {
                future.complete(null);
            } else if (closing) {
                future.cancel(false);
            } else {
                List<CompletableFuture<Void>> others = waiting.computeIfAbsent(height, at -> new ArrayList<>());
                others.removeIf(CompletableFuture::isDone); // those who no longer wait
                others.add(future);
            }
        } finally {
            lock.unlock();
        }
        return future;
    }

    /** Height of the last block that is final; −1: none is. */
    public long finalHeight() {
        lock.lock();
        try {
            return finalHeight;
        } finally {
            lock.unlock();
        }
    }

    /** The newest final checkpoint with its cosignatures; empty where none is, or the network has no witnesses. */
    public Optional<SignedNote> checkpoint() {
        lock.lock();
        try {
            return Optional.ofNullable(finalNote);
        } finally {
            lock.unlock();
        }
    }

    /** The final checkpoints after blocks that change the witnesses, by height. */
    public NavigableMap<Long, SignedNote> handovers() {
        lock.lock();
        try {
            return new TreeMap<>(handovers);
        } finally {
            lock.unlock();
        }
    }

    /** Height before which another node may know a handover that this one lacks. */
    OptionalLong missingHandover() {
        lock.lock();
        try {
            return tally.missing().map(block -> OptionalLong.of(block.height())).orElseGet(OptionalLong::empty);
        } finally {
            lock.unlock();
        }
    }

    /** What is kept against others. */
    public List<Evidence> evidence() {
        return store.evidence();
    }

    /** Who rules the next block. */
    public Ruling ruling() {
        lock.lock();
        try {
            return ruling;
        } finally {
            lock.unlock();
        }
    }

    /** How far finality is. */
    public FinalityStatus status() {
        lock.lock();
        try {
            return new FinalityStatus(
                    last.height(),
                    finalHeight,
                    ruling.set().members().size(),
                    ruling.set().quorum(),
                    exchange.heard(),
                    tally.contradicting(),
                    recovery.isRunning(),
                    Duration.ofNanos(lastDelayNanos));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Answers another node, or anybody else.
     *
     * @param notes what it says was cosigned; no more than {@link Peer#MOST_NOTES} are read
     * @param fresh whether to cosign the last block with the present time
     * @return where {@code fresh}, the newest cosignature of every member
     */
    public List<SignedNote> answer(List<SignedNote> notes, boolean fresh) {
        notes.stream().limit(Peer.MOST_NOTES).forEach(this::receive);
        if (!fresh) {
            return List.of();
        }
        membership.ifPresent(own -> await(() -> !mayCosign() || seen.hasRecent(own.organization()), ANSWER));
        lock.lock();
        try {
            return seen.notes(Peer.MOST_NOTES);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checkpoints that show what the time is, for a proposal: the newest cosignatures of one member more than may lie. Asks
     * for new ones where they are older than half a minute, and waits some seconds for them.
     *
     * @throws OrderingUnavailableException if too few members say what the time is: a block without that has the time of
     *     the one before, which may be long ago
     */
    public List<SignedNote> clocks() {
        Ruling now = ruling();
        if (now.set().isEmpty()) {
            return List.of();
        }
        int wanted = now.set().faults() + 1;
        if (clocks(now).size() < wanted) {
            exchange.refresh();
            await(() -> clocks(now).size() >= wanted, PATIENCE);
        }
        List<SignedNote> shown = clocks(now);
        if (shown.size() < wanted) {
            throw new OrderingUnavailableException("too few members say what the time is");
        }
        return shown.subList(0, wanted);
    }

    private List<SignedNote> clocks(Ruling now) {
        lock.lock();
        try {
            return seen.clocks(now.set());
        } finally {
            lock.unlock();
        }
    }

    /** Has this node cosign again, and waits until {@code enough} or the time is over. */
    private void await(BooleanSupplier enough, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            if (!enough.getAsBoolean()) {
                refresh = true;
                changed.signalAll();
            }
            while (!enough.getAsBoolean() && !closing) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || changed.awaitNanos(left) <= 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Whether every block is final, so that there is little to tell. */
    boolean isSettled() {
        lock.lock();
        try {
            return finalHeight >= last.height() && !recovery.isRunning();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (true) {
                Due due = awaitDue();
                if (due == null) {
                    return;
                }
                try {
                    due.shown().ifPresent(own -> witness.orElseThrow().adopt(own));
                    keep();
                    due.blocks().forEach(this::cosign);
                    if (due.asks()) {
                        exchange.refresh();
                    }
                } catch (UncheckedIOException e) { // nothing was told; a full disk may have room again later
                    LOGGER.atWarn().addKeyValue("error", e.toString()).log("this node cannot cosign now; trying again");
                    putOff(due);
                }
            }
        } catch (InterruptedException e) {
            LOGGER.atDebug().log("finality interrupted");
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("this node cosigns no more; restart it");
            stop.accept(e);
        }
    }

    /** Waits; what was due is due again, the blocks because they aren't cosigned. */
    private void putOff(Due due) throws InterruptedException {
        lock.lock();
        try {
            due.shown().filter(own -> shown == null || own.isNewerThan(shown)).ifPresent(own -> shown = own);
            long left = AGAIN.toNanos();
            while (left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stores what is final: changes of the witnesses for good, the newest checkpoint only after them and now and then. */
    private void keep() {
        Map<Long, SignedNote> changes;
        SignedNote newest;
        lock.lock();
        try {
            changes = new TreeMap<>(unkeptHandovers);
            boolean due = closing || System.nanoTime() - keptNanos >= KEEP_EVERY.toNanos();
            newest = due ? finalNote : keptNote;
        } finally {
            lock.unlock();
        }
        changes.forEach(store::keepHandover);
        long now = keptNanos;
        if (newest != null && !newest.equals(keptNote)) {
            store.keepCheckpoint(newest);
            now = System.nanoTime();
        }
        lock.lock();
        try {
            unkeptHandovers.keySet().removeAll(changes.keySet());
            keptNote = newest;
            keptNanos = now;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Due awaitDue() throws InterruptedException {
        lock.lock();
        try {
            boolean asks = false;
            while (!closing) {
                Due due = new Due(Optional.ofNullable(shown), dueBlocks(), asks);
                shown = null;
                if (due.shown().isPresent() || !due.blocks().isEmpty() || !unkeptHandovers.isEmpty() || asks) {
                    return due;
                }
                boolean told = changed.await(1, TimeUnit.SECONDS);
                asks = !told && !isSettled();
                if (!told && finalNote != null && !finalNote.equals(keptNote)) {
                    return due;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** What to cosign, ascending; nothing beyond a change of the witnesses that isn't final. */
    private List<PendingBlock> dueBlocks() {
        boolean again = refresh;
        refresh = false;
        if (witness.isEmpty() || diverged || !mayCosign()) {
            return List.of();
        }
        String own = membership.orElseThrow().organization();
        PendingBlock newest = tally.gate().orElse(last);
        List<PendingBlock> due = tally.pending().stream()
                .filter(block -> block.size() > cosignedSize
                        && block.size() >= ownSize
                        && block.size() <= newest.size()
                        && block.ruling().set().member(own).isPresent()
                        && (block.isHandover() || newest.height() - block.height() < MOST_COSIGNED_AT_ONCE))
                .toList();
        boolean member = ruling.set().member(own).isPresent()
                || newest.ruling().set().member(own).isPresent();
        return due.isEmpty() && again && member && newest.size() >= ownSize ? List.of(newest) : due;
    }

    private boolean mayCosign() {
        return recovery.mayCosign(ruling.set(), exchange.heard(), tally.contradicting(), last.size());
    }

    private void cosign(PendingBlock block) {
        SignedNote note = witness.orElseThrow().cosign(block.header());
        Cosignature cosignature = new Cosignature(
                membership.orElseThrow().organization(),
                block.checkpoint(),
                note.signatures().getLast(),
                Optional.of(note.signatures().getFirst()));
        lock.lock();
        try {
            cosignedSize = Math.max(cosignedSize, block.size());
            ownSize = Math.max(ownSize, block.size());
            seen.replace(cosignature);
            tally.count(cosignature, Optional.empty());
            settle();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        followUp();
        exchange.tell(note);
    }

    @Override
    public void close() {
        List<CompletableFuture<Void>> left;
        lock.lock();
        try {
            closing = true;
            left = waiting.values().stream().flatMap(List::stream).toList();
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(future -> future.cancel(false));
        exchange.close();
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            keep();
        } catch (UncheckedIOException e) { // others have it too
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("the newest final checkpoint was not stored");
        }
        witness.ifPresent(OwnWitness::close);
    }
}
