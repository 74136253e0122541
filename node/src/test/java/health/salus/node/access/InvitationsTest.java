package health.salus.node.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class InvitationsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final JdbcTemplate jdbc = database();
    private final Invitations invitations = new Invitations(jdbc, new SecureRandom(), now::get);

    @Test
    void a_code_is_good_once() {
        String code = invitations.invite("p1").code();

        assertThat(invitations.patient(code)).hasValue("p1");
        assertThat(invitations.use(code)).isTrue();
        assertThat(invitations.patient(code)).isEmpty();
        assertThat(invitations.use(code)).isFalse();
    }

    @Test
    void a_code_is_good_for_a_week() {
        String code = invitations.invite("p1").code();
        now.updateAndGet(time -> time.plus(Invitations.LIFE).minusMillis(1));
        assertThat(invitations.patient(code)).isPresent();

        now.updateAndGet(time -> time.plusMillis(1));

        assertThat(invitations.patient(code)).isEmpty();
        assertThat(invitations.use(code)).isFalse();
    }

    @Test
    void another_invitation_of_the_same_patient_ends_the_first() {
        String first = invitations.invite("p1").code();
        String second = invitations.invite("p1").code();

        assertThat(invitations.patient(first)).isEmpty();
        assertThat(invitations.patient(second)).isPresent();
    }

    @Test
    void the_database_does_not_have_the_code() {
        String code = invitations.invite("p1").code();

        assertThat(jdbc.queryForList("select digest from invitation", String.class))
                .hasSize(1)
                .doesNotContain(code);
    }

    private static JdbcTemplate database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        return new JdbcTemplate(source);
    }
}
