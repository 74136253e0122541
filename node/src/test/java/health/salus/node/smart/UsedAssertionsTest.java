package health.salus.node.smart;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.node.smart.UsedAssertions.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class UsedAssertionsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(330);

    private final JdbcTemplate database = TestDatabase.inMemory();

    @Test
    void an_id_works_once() {
        UsedAssertions used = new UsedAssertions(database, 10);

        assertThat(used.use(id(1), LATER, NOON)).isEqualTo(Outcome.FIRST_USE);
        assertThat(used.use(id(1), LATER, NOON.plusSeconds(329))).isEqualTo(Outcome.REPLAYED);
        assertThat(used.use(id(2), LATER, NOON)).isEqualTo(Outcome.FIRST_USE);
    }

    @Test
    void an_id_works_once_over_restarts_too() {
        new UsedAssertions(database, 10).use(id(1), LATER, NOON);

        assertThat(new UsedAssertions(database, 10).use(id(1), LATER, NOON)).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void when_full_it_refuses_rather_than_forget_what_could_be_replayed() {
        new UsedAssertions(database, 2).use(id(1), LATER, NOON);
        UsedAssertions used = new UsedAssertions(database, 2);
        used.use(id(2), LATER.plusSeconds(1), NOON);

        assertThat(used.use(id(3), LATER, NOON)).isEqualTo(Outcome.FULL);
        assertThat(used.use(id(3), LATER.plusSeconds(300), LATER)).isEqualTo(Outcome.FIRST_USE);
        assertThat(used.use(id(2), LATER.plusSeconds(1), LATER)).isEqualTo(Outcome.FULL);
    }

    @Test
    void what_has_expired_is_forgotten() {
        UsedAssertions used = new UsedAssertions(database, 10);
        used.use(id(1), LATER, NOON);

        used.use(id(2), LATER.plusSeconds(600), LATER);

        assertThat(database.queryForObject("select count(*) from used_assertion", Integer.class))
                .isEqualTo(1);
    }

    private static Sha256 id(int number) {
        return Sha256.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }
}
