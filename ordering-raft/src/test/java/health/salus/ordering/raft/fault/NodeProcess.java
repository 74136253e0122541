package health.salus.ordering.raft.fault;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.EventStream;
import health.salus.ledger.event.LedgerEvent;
import health.salus.ledger.finality.FinalityStatus;
import health.salus.ledger.finality.HttpPeer;
import health.salus.ledger.finality.Membership;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.finality.PeerClient;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ordering.raft.RaftObjects;
import health.salus.ordering.raft.RaftOrdering;
import health.salus.ordering.raft.RaftStatus;
import health.salus.ordering.raft.RaftTimeouts;
import java.io.ObjectInputFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.slf4j.LoggerFactory;

/**
 * A process that is one node: a ledger ordered by Raft, a door for the other nodes, and a {@link Control} for the test.
 * Requests of the test are lines: {@code submit committed|final <jws>}, {@code read <number>}, {@code status},
 * {@code snapshot <directory>}, {@code clock <seconds that it is ahead>}.
 */
public final class NodeProcess {
    private static final Duration PROPOSAL_TIMEOUT = Duration.ofSeconds(4);
    private static final long FINAL_MILLIS = 4_000;
    private static final long WATCH_MILLIS = 50;

    private final Site site;
    private final TestNetwork network;
    private final PeerClient client;
    private final RaftOrdering ordering;
    private final Ledger ledger;
    private volatile Duration clockOffset = Duration.ZERO;

    private NodeProcess(Site site, long snapshotEvery, List<RaftOrdering.Peer> founders) throws Exception {
        this.site = site;
        this.network = TestNetwork.load(Site.network(site.base()));
        this.client = PeerClient.of(SSLContext.getDefault());
        this.ordering = RaftOrdering.create(new RaftOrdering.Settings(
                site.raft(),
                network.genesis.network(),
                site.peer(),
                site.address().host(),
                site.address().raftPort(),
                founders,
                Optional.of(MemberTls.of(site)),
                PROPOSAL_TIMEOUT,
                RaftOrdering.Settings.DEFAULT_MAX_IN_FLIGHT,
                RaftTimeouts.DEFAULT,
                snapshotEvery));
        this.ledger = open(LedgerOptions.DEFAULT.withClock(() -> Instant.now().plus(clockOffset)));
    }

    private Ledger open(LedgerOptions options) {
        String origin = network.genesis.origin();
        Optional<Membership> membership = Optional.of(
                new Membership(site.name(), site.witness(origin), site.data().resolve("witness"), this::peers));
        Function<StateView, Ordering> raft = state -> ordering;
        return Files.exists(site.ledger())
                ? Ledger.open(site.ledger(), site.log(origin), TestNetwork.RULES, raft, membership, options)
                : Ledger.create(
                        site.ledger(), network.genesis, site.log(origin), TestNetwork.RULES, raft, membership, options);
    }

    /** Those who have a place here: whoever joins asks the others before it is a witness. */
    private List<Peer> peers(StateView state) {
        return Site.all(site.base()).stream()
                .<Peer>map(other -> new HttpPeer(other.name(), other.address().door(), client))
                .toList();
    }

    /** @param args base of the consortium, name, snapshotEvery, names of the founders */
    public static void main(String[] args) throws Exception {
        ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.rejectUndecidedClass(RaftObjects.filter()));
        if (LoggerFactory.getLogger("health.salus") instanceof Logger logger) {
            logger.setLevel(Level.INFO);
        }
        Site site = new Site(Path.of(args[0]), args[1]);
        List<RaftOrdering.Peer> founders = Arrays.stream(args)
                .skip(3)
                .map(name -> new Site(site.base(), name).peer())
                .toList();
        NodeProcess node = new NodeProcess(site, Long.parseLong(args[2]), founders);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            node.client.close();
            node.ledger.close();
        }));
        PeerDoor.open(node.ledger, site.address());
        Thread.ofPlatform().daemon().name("members").start(node::watchMembers);
        Control.serve(site.control(), node::answer);
    }

    /** Has the Raft group follow the witnesses. */
    private void watchMembers() {
        WitnessSet known = WitnessSet.in(ledger.state());
        try {
            while (true) {
                WitnessSet now = WitnessSet.in(ledger.state());
                if (!now.equals(known)) {
                    known = now;
                    ordering.reconfigure(now.members().stream()
                            .map(member -> new Site(site.base(), member.organization()).peer())
                            .toList());
                }
                if (now.member(site.name()).isEmpty()) {
                    ledger.follow();
                }
                Thread.sleep(WATCH_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonObject answer(String request) {
        String[] words = request.split(" ", 3);
        return switch (words[0]) {
            case "submit" -> submit(words[1].equals("final"), words[2]);
            case "read" -> read(Long.parseLong(words[1]));
            case "status" -> status();
            case "snapshot" -> {
                ledger.snapshot(Path.of(words[1]));
                yield JsonObject.builder().build();
            }
            case "clock" -> {
                clockOffset = Duration.ofSeconds(Long.parseLong(words[1]));
                yield JsonObject.builder().build();
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private JsonObject submit(boolean waitsForFinal, String jws) {
        return switch (ledger.submit(jws.getBytes(StandardCharsets.US_ASCII)).join()) {
            case Submission.Committed committed -> committed(committed, waitsForFinal);
            case Submission.Refused refused ->
                JsonObject.builder()
                        .put("refused", refused.reason().code())
                        .put("again", refused.reason().retrySafe())
                        .build();
            case Submission.Unknown _ ->
                JsonObject.builder().put("unknown", true).build();
        };
    }

    private JsonObject committed(Submission.Committed committed, boolean waitsForFinal) {
        Json.Builder answer = JsonObject.builder()
                .put("height", committed.height())
                .put("index", committed.index())
                .put("final", waitsForFinal && becomesFinal(committed.height()));
        committed.rejection().ifPresent(code -> answer.put("rejection", code.value()));
        if (committed.isAccepted()) {
            sum(committed).ifPresent(sum -> answer.put("value", sum));
        }
        return answer.build();
    }

    private boolean becomesFinal(long height) {
        try {
            ledger.finality()
                    .whenFinal(height)
                    .orTimeout(FINAL_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return false;
            }
            throw e;
        } catch (CancellationException e) {
            return false;
        }
    }

    /** What the register came to by this addition, as its event says. */
    private Optional<Long> sum(Submission.Committed committed) {
        EventStream events = ledger.events(new Cursor(committed.height(), 0));
        try {
            for (Optional<LedgerEvent> next = events.next(Duration.ZERO);
                    next.isPresent() && next.get().cursor().height() == committed.height();
                    next = events.next(Duration.ZERO)) {
                LedgerEvent event = next.get();
                if (event.transaction().equals(committed.id())
                        && event.event().data().members().get("number") instanceof JsonInteger(long number)) {
                    return Optional.of(number);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** The number in the newest state that is final here. */
    private JsonObject read(long number) {
        long height = Math.max(0, ledger.finality().finalHeight());
        return JsonObject.builder()
                .put("height", height)
                .put("value", Math.max(0, TestNetwork.number(ledger.state(height), number)))
                .build();
    }

    private JsonObject status() {
        FinalityStatus finality = ledger.finality().status();
        RaftStatus raft = ordering.status();
        Json.Builder status = JsonObject.builder()
                .put("height", ledger.height())
                .put("final", finality.finalHeight())
                .put("state", ledger.lastBlock().state().toString())
                .put("time", ledger.lastBlock().time().toEpochMilli())
                .put("contradicting", finality.contradicting().size())
                .put("recovering", finality.recovering())
                .put("delayMicros", finality.delay().toNanos() / 1_000)
                .put("role", raft.role().name())
                .put("term", raft.term())
                .put("committed", raft.committed())
                .put("applied", raft.applied())
                .put("inFlight", raft.inFlight())
                .put("members", raft.peers().size());
        raft.leader().ifPresent(leader -> status.put("leader", leader));
        ledger.failure().ifPresent(failure -> status.put("failure", failure.toString()));
        raft.failure().ifPresent(failure -> status.put("failure", failure));
        return status.build();
    }
}
