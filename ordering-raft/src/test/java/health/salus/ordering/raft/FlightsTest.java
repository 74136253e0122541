package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.ordering.Proposal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private final List<Proposal> lost = new ArrayList<>();
    private final Flights flights = new Flights(1, lost::add);

    private Flight depart() throws InterruptedException {
        assertThat(flights.reserve(0)).isTrue();
        return flights.depart(1, TestNode.proposal("text"));
    }

    private void late(Flight flight) {
        flights.late(flight.frame().id());
    }

    @Test
    void a_batch_that_nobody_answers_is_lost_once_and_its_place_is_free() throws InterruptedException {
        Flight flight = depart();
        assertThat(flights.reserve(0)).isFalse();

        late(flight);
        late(flight);
        flights.loseAll();

        assertThat(lost).containsExactly(flight.proposal());
        assertThat(flights.arrived(flight.frame())).isEmpty();
        assertThat(flights.reserve(0)).isTrue();
    }

    @Test
    void a_batch_that_arrived_or_was_answered_is_not_late() throws InterruptedException {
        Flight flight = depart();
        flight.answered();
        late(flight);
        assertThat(flights.arrived(Frame.parse(flight.frame().bytes().clone()))).contains(flight);
        late(flight);

        flights.landed(flight);

        assertThat(lost).isEmpty();
        assertThat(flights.count()).isZero();
        assertThat(flights.reserve(0)).isTrue();
    }

    @Test
    void other_bytes_under_the_same_number_are_not_this_nodes_batch() throws InterruptedException {
        Flight flight = depart();
        Frame other = Frame.of(1, flight.frame().id(), TestNode.proposal("other"));

        assertThat(flights.arrived(other)).isEmpty();
        assertThat(flights.arrived(flight.frame())).contains(flight);
    }

    @Test
    void what_the_log_jumps_over_is_lost_unless_it_arrived() throws InterruptedException {
        Flight answered = depart();
        answered.answered();
        flights.loseThoseUnderway();
        Flight arrived = depart();
        flights.arrived(arrived.frame());
        flights.loseThoseUnderway();

        assertThat(lost).containsExactly(answered.proposal());
    }
}
