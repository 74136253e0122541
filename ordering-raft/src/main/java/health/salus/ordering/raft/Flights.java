package health.salus.ordering.raft;

import health.salus.ledger.ordering.Proposal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The batches of this node that are on their way; their number is bounded. A batch that comes back as the same bytes is
 * known again, so that its verified keys are not lost. Thread-safe.
 */
final class Flights {
    private final Map<Long, Flight> flights = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final Consumer<Proposal> lost;
    private final AtomicLong ids = new AtomicLong(ThreadLocalRandom.current().nextLong());

    Flights(int most, Consumer<Proposal> lost) {
        this.places = new Semaphore(most, true);
        this.lost = lost;
    }

    /** Whether a place became free in time; it is the caller's until {@link #depart} or {@link #release}. */
    boolean reserve(long millis) throws InterruptedException {
        return places.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    void release() {
        places.release();
    }

    Flight depart(long first, Proposal proposal) {
        long id = ids.incrementAndGet();
        Flight flight = new Flight(Frame.of(first, id, proposal), proposal);
        flights.put(id, flight);
        return flight;
    }

    /** This node's flight that {@code frame} is, if it is one. */
    Optional<Flight> arrived(Frame frame) {
        return Optional.ofNullable(flights.get(frame.id()))
                .filter(flight -> Arrays.equals(flight.frame().bytes(), frame.bytes()))
                .filter(Flight::arrive);
    }

    /** The batch is stored. */
    void landed(Flight flight) {
        if (flights.remove(flight.frame().id(), flight)) {
            places.release();
        }
    }

    /** The leader did not answer in time. */
    void late(long id) {
        Optional.ofNullable(flights.get(id)).ifPresent(flight -> lose(flight, Flight::giveUp));
    }

    /** Batches that did not arrive here will not arrive by this way: the log goes on behind them. */
    void loseThoseUnderway() {
        flights.values().forEach(flight -> lose(flight, Flight::giveUpAnswered));
    }

    /** Nothing will be stored any more. */
    void loseAll() {
        flights.values().forEach(flight -> lose(flight, Flight::giveUpArrived));
    }

    private void lose(Flight flight, Predicate<Flight> givenUp) {
        if (givenUp.test(flight) && flights.remove(flight.frame().id(), flight)) {
            places.release();
            lost.accept(flight.proposal());
        }
    }

    int count() {
        return flights.size();
    }
}
