package health.salus.node.requester;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Emergency;
import health.salus.contracts.access.Grant;
import health.salus.identity.CompactJws;
import health.salus.identity.Credential;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateView;
import health.salus.node.requester.CustodianException.Reason;
import health.salus.node.requester.OwnEmergencies.Justified;
import health.salus.node.requester.OwnRequests.OwnRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to custodians what the ledger has commitments to, in the name of the organization's gateway: terms as soon as their
 * request is on the ledger, and justifications; again and again until the custodian has them or they are of no use any more.
 * Thread-safe.
 */
public final class Delivery implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Delivery.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final OwnRequests requests;
    private final OwnEmergencies emergencies;
    private final Supplier<StateView> ledger;
    private final RecordLocator locator;
    private final Optional<Credential> gateway;
    private final InstantSource clock;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread;
    private volatile boolean open = true;

    /** @param gateway certificate and key that deliver; without them nothing can be delivered */
    Delivery(
            String organization,
            OwnRequests requests,
            OwnEmergencies emergencies,
            Supplier<StateView> ledger,
            RecordLocator locator,
            Optional<Credential> gateway,
            InstantSource clock) {
        this.requests = requests;
        this.emergencies = emergencies;
        this.ledger = ledger;
        this.locator = locator;
        this.gateway = gateway;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("delivery-" + organization).unstarted(this::run);
    }

    /** Something for the custodian whose gateway {@code client} asks. */
    private record Parcel(
            CustodianClient client, BiConsumer<CustodianClient, AccessToken> deposit, Runnable delivered) {}

    void start() {
        thread.start();
    }

    /** Has what waits delivered soon; returns at once. */
    public void wake() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    /** Whether it can deliver at all. */
    public boolean isPossible() {
        return gateway.isPresent();
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        try {
            while (open) {
                boolean woken = wanted.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                boolean done = deliverWhatWaits();
                pause = woken || done ? SHORTEST_PAUSE : longer(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** Tries each once. @return whether anything was delivered */
    boolean deliverWhatWaits() {
        if (gateway.isEmpty()) {
            return false;
        }
        try {
            Map<URI, List<Parcel>> waiting = Stream.concat(terms(), justifications())
                    .collect(Collectors.groupingBy(parcel -> parcel.client.fhirBase()));
            boolean delivered = false;
            for (List<Parcel> parcels : waiting.values()) {
                delivered |= deliver(parcels, gateway.get());
            }
            return delivered;
        } catch (RuntimeException e) {
            LOGGER.atWarn().addKeyValue("error", e.toString()).log("nothing can be delivered to custodians");
            return false;
        }
    }

    private Stream<Parcel> terms() {
        Access access = new Access(ledger.get());
        return requests.undeposited().stream()
                .filter(request ->
                        access.grant(request.grant()).filter(this::isOfUse).isPresent())
                .flatMap(request -> parcel(request).stream());
    }

    private Optional<Parcel> parcel(OwnRequest request) {
        return parcel(
                request.patient(),
                (client, token) -> client.deposit(token, request.grant(), request.terms()),
                () -> requests.deposited(request.grant()));
    }

    private Stream<Parcel> justifications() {
        Access access = new Access(ledger.get());
        return emergencies.undeposited().stream()
                .flatMap(justified -> access
                        .emergency(justified.emergency())
                        .filter(emergency -> emergency
                                .justification()
                                .filter(justified.justification().commitment()::equals)
                                .isPresent())
                        .flatMap(emergency -> parcel(emergency, justified))
                        .stream());
    }

    private Optional<Parcel> parcel(Emergency emergency, Justified justified) {
        return parcel(
                emergency.patient(),
                (client, token) -> client.deposit(token, emergency.id(), justified.justification()),
                () -> emergencies.deposited(justified));
    }

    private Optional<Parcel> parcel(
            Handle patient, BiConsumer<CustodianClient, AccessToken> deposit, Runnable delivered) {
        return locator.locate(patient).map(located -> new Parcel(located.client(), deposit, delivered));
    }

    private boolean isOfUse(Grant grant) {
        return switch (grant.status()) {
            case REQUESTED, APPROVED -> !grant.period().hasEnded(clock.instant());
            case DENIED, REVOKED, WITHDRAWN, EXPIRED -> false;
        };
    }

    private boolean deliver(List<Parcel> parcels, Credential key) {
        boolean delivered = false;
        try {
            AccessToken token = token(parcels.getFirst().client, key);
            for (Parcel parcel : parcels) {
                delivered |= isTaken(parcel, token);
            }
        } catch (CustodianException e) {
            tell(e);
        }
        return delivered;
    }

    /** @throws CustodianException where there is no use in trying the next one */
    private static boolean isTaken(Parcel parcel, AccessToken token) {
        try {
            parcel.deposit.accept(parcel.client, token);
            parcel.delivered.run();
            return true;
        } catch (CustodianException e) {
            if (e.reason() != Reason.REFUSED) {
                throw e;
            }
            tell(e); // its node may be behind the ledger
            return false;
        }
    }

    private static void tell(CustodianException e) {
        LOGGER.atInfo().addKeyValue("error", e.getMessage()).log("custodian did not take a deposit yet");
    }

    private AccessToken token(CustodianClient client, Credential key) {
        URI endpoint = client.tokenEndpoint();
        byte[] claims = AssertionClaims.of(key.kid(), endpoint, clock.instant());
        byte[] assertion = CompactJws.sign(claims, key.kid(), key.key()).compact();
        return client.token(endpoint, new String(assertion, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
