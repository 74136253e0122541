package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.ordering.Delivery;
import health.salus.ledger.ordering.Proposal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelivererTest {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Delivery ledger = new Delivery() {
        @Override
        public void deliver(long height, Proposal batch) {
            steps.add("deliver " + height);
        }

        @Override
        public void catchUp(long height) {
            steps.add("catch up " + height);
        }
    };
    private final Deliverer deliverer = of(3, ledger); // the ledger holds heights up to 2

    private static Deliverer of(long next, Delivery delivery) {
        Deliverer deliverer = new Deliverer(next, delivery, new Flights(1, proposal -> {}));
        deliverer.start();
        return deliverer;
    }

    @AfterEach
    void end() {
        deliverer.close();
    }

    private static Item batch(long index, long height) {
        return new Item.Batch(new Marker(1, index, height), TestNode.proposal("text"), Optional.empty(), 10);
    }

    private void awaitIndex(long index) {
        TestNetwork.await(
                "index " + index,
                () -> deliverer.position().filter(at -> at.index() == index).isPresent());
    }

    @Test
    void heights_that_are_stored_are_passed_over_and_missing_ones_fetched() {
        deliverer.put(batch(11, 2));
        deliverer.put(batch(12, 3));
        deliverer.put(new Item.Passed(new Marker(1, 13, 3)));
        deliverer.put(new Item.Gap(new Marker(1, 20, 7)));
        deliverer.put(batch(21, 8));
        awaitIndex(21);

        assertThat(steps).containsExactly("deliver 3", "catch up 7", "deliver 8");
    }

    @Test
    void an_older_ledger_than_the_logs_beginning_is_brought_up_to_it() {
        deliverer.put(batch(31, 9));
        awaitIndex(31);

        assertThat(steps).containsExactly("catch up 8", "deliver 9");
    }

    @Test
    void a_marker_of_heights_that_are_stored_fetches_nothing() {
        deliverer.put(new Item.Gap(new Marker(1, 5, 2)));
        awaitIndex(5);

        assertThat(steps).isEmpty();
    }

    @Test
    void closing_does_not_wait_for_other_nodes() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        Deliverer waiting = of(1, new Delivery() {
            @Override
            public void deliver(long height, Proposal batch) {
                steps.add("deliver " + height);
            }

            @Override
            public void catchUp(long height) throws InterruptedException {
                asked.countDown();
                new CountDownLatch(1).await();
            }
        });
        waiting.put(new Item.Gap(new Marker(1, 5, 2)));
        waiting.put(batch(6, 3));
        asked.await();

        waiting.close();
        waiting.put(batch(7, 4));

        assertThat(steps).isEmpty();
        assertThat(waiting.position()).isEmpty();
        assertThat(waiting.failure()).isEmpty();
    }
}
