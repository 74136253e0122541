package health.salus.node.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void one_client_leaves_places_for_others() {
        Places places = new Places(3, 2);
        Places.Place first = places.take("a").orElseThrow();
        assertThat(places.take("a")).isPresent();

        assertThat(places.take("a")).isEmpty();
        assertThat(places.take("b")).isPresent();
        assertThat(places.take("c")).as("all are taken").isEmpty();

        first.close();
        assertThat(places.take("a")).as("left, and taken again").isPresent();
    }
}
