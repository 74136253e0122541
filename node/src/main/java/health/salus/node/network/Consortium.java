package health.salus.node.network;

import health.salus.contracts.network.Members;
import health.salus.identity.Credential;
import health.salus.identity.Role;
import health.salus.ledger.Ledger;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.finality.HttpPeer;
import health.salus.ledger.finality.Membership;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.finality.PeerClient;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.join.SnapshotJoin;
import health.salus.node.config.NodeSettings;
import health.salus.node.organization.LogKeys;
import health.salus.node.organization.Organization;
import health.salus.ordering.raft.RaftOrdering;
import health.salus.ordering.raft.RaftStatus;
import health.salus.ordering.raft.RaftTls;
import health.salus.tlog.note.NoteSigner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;

/**
 * This node as one of several: orders blocks with the others by Raft, cosigns, and follows what the ledger says about who
 * the others are. A node whose organization is no member (yet) takes final blocks from the others. What it has cosigned is
 * kept in {@code <data>/witness}, apart from the ledger, since it must not be restored from a copy. Thread-safe.
 */
public final class Consortium implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Consortium.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final String RAFT = "raft";

    private final NodeSettings settings;
    private boolean raftWasLost; // then the others send what this node needs
    private final String organization;
    private final Genesis genesis;
    private final Membership membership;
    private final Credential credential;
    private final PeerClient client;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("network-watcher").factory());
    private volatile @Nullable RaftOrdering ordering;
    private volatile @Nullable Ledger ledger;
    private volatile long lastTogetherNanos = System.nanoTime();
    private List<RaftOrdering.Peer> known = List.of(); // of the watcher
    private long watched = -1; // height at which they were known; of the watcher

    /** @throws IllegalArgumentException if the organization's key store lacks what a node needs */
    public Consortium(NodeSettings settings, Organization own, Genesis genesis, SslBundles bundles) {
        this.settings = settings;
        this.organization = own.id();
        this.raftWasLost = Files.isDirectory(settings.data().resolve("ledger"))
                && !Files.isDirectory(settings.data().resolve(RAFT));
        this.genesis = genesis;
        this.credential = own.keys().aliases().stream()
                .map(own.keys()::credential)
                .flatMap(Optional::stream)
                .filter(one ->
                        one.chain().endEntity().role().filter(Role.PEER::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key store of " + own.id()
                        + " has no certificate with the role peer, by which other nodes know this one"));
        this.client = PeerClient.of(outgoing(settings, bundles));
        Path memory = settings.data().resolve("witness");
        this.membership =
                new Membership(organization, LogKeys.witness(own.keys(), genesis, organization), memory, this::peers);
    }

    /** The node's own TLS bundle also says whom it believes as a client; without one, the machine's authorities. */
    private static SSLContext outgoing(NodeSettings settings, SslBundles bundles) {
        try {
            return settings.listen().tls().isPresent()
                    ? bundles.getBundle(settings.listen().tls().get()).createSslContext()
                    : SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS for outgoing connections", e);
        }
    }

    /** For the ledger. */
    public Membership membership() {
        return membership;
    }

    /**
     * Takes a snapshot from another node where that saves time, for the ledger in {@code dir}, which is not open.
     *
     * @param signer of the ledger's log
     */
    public void takeSnapshot(Path dir, NoteSigner signer, Rules rules) {
        if (settings.ledger().raft().catchUp() == NodeSettings.CatchUp.LOG) {
            SnapshotJoin.recover(dir);
            return;
        }
        try {
            boolean taken = new SnapshotJoin(dir, genesis, signer, rules, membership).run();
            raftWasLost |= taken && !Files.isDirectory(settings.data().resolve(RAFT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a snapshot was taken; what there is of it is kept", e);
        }
    }

    private List<Peer> peers(StateView state) {
        List<Peer> peers = new ArrayList<>();
        new Members(state)
                .nodes()
                .forEach((id, node) -> peers.add(new HttpPeer(id, URI.create(node.address()), client)));
        if (peers.stream().noneMatch(peer -> peer.organization().equals(organization))) {
            settings.ledger().raft().join().forEach(url -> peers.add(new HttpPeer(url.toString(), url, client)));
        }
        return peers;
    }

    /** Raft among the nodes that {@code state} names; this one waits to be added where it is not among them. */
    public RaftOrdering ordering(StateView state) {
        List<RaftOrdering.Peer> peers = raftPeers(state);
        NodeSettings.Raft raft = settings.ledger().raft();
        RaftOrdering.Peer self = peers.stream()
                .filter(peer -> peer.id().equals(organization))
                .findFirst()
                .orElseGet(() -> new RaftOrdering.Peer(organization, raft.address() + ":" + raft.port()));
        RaftTls tls = new RaftTls(new NodeKeys(credential), new MemberTrust(this::state));
        RaftOrdering made = RaftOrdering.create(new RaftOrdering.Settings(
                settings.data().resolve(RAFT),
                genesis.network(),
                self,
                raft.address(),
                raft.port(),
                peers.contains(self) && !raftWasLost ? peers : List.of(),
                Optional.of(tls)));
        first = state;
        ordering = made;
        return made;
    }

    private volatile @Nullable StateView first; // until the ledger is open

    private Optional<StateView> state() {
        Ledger open = ledger;
        return open != null ? Optional.of(open.state()) : Optional.ofNullable(first);
    }

    private static List<RaftOrdering.Peer> raftPeers(StateView state) {
        List<RaftOrdering.Peer> peers = new ArrayList<>();
        new Members(state).nodes().forEach((id, node) -> peers.add(new RaftOrdering.Peer(id, node.raft())));
        return peers;
    }

    /** Begins to follow what the ledger says about its nodes. */
    public void follow(Ledger open) {
        ledger = open;
        var _ = watcher.scheduleWithFixedDelay(() -> watch(open), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void watch(Ledger open) {
        try {
            if (open.height() != watched) {
                long height = open.height();
                if (!take(open)) {
                    return;
                }
                watched = height;
            }
            if (isTogether(raft().status())) {
                lastTogetherNanos = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("cannot follow the network's nodes; trying again");
        }
    }

    /** Takes up who the nodes are; answers whether this is one of them. */
    private boolean take(Ledger open) throws InterruptedException {
        StateView state = open.state();
        if (WitnessSet.in(state).member(organization).isEmpty()) {
            open.follow();
            return false;
        }
        List<RaftOrdering.Peer> now = raftPeers(state);
        if (!now.equals(known)) {
            LOGGER.atInfo().addKeyValue("nodes", now.size()).log("nodes of the network");
            open.finality().meetPeers();
            raft().reconfigure(now);
            known = now;
        }
        return true;
    }

    static boolean isTogether(RaftStatus status) {
        return status.role() != RaftStatus.Role.STOPPED
                && status.leader().isPresent()
                && status.applied() >= status.committed();
    }

    /** How long this node has been without a leader, or behind what is ordered; at most a second too much. */
    public Duration behind() {
        return Duration.ofNanos(System.nanoTime() - lastTogetherNanos);
    }

    /** Whether that is too long for decisions by this node's state. */
    public boolean isBehind() {
        return behind().compareTo(settings.ledger().raft().lag()) > 0;
    }

    /** The ordering. */
    public RaftOrdering raft() {
        return Optional.ofNullable(ordering).orElseThrow(() -> new IllegalStateException("the ledger is not open"));
    }

    @Override
    public void close() {
        watcher.shutdownNow();
        client.close();
    }
}
