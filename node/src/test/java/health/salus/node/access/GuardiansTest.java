package health.salus.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Recovery;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.node.access.Guardians.Guardian;
import health.salus.node.smart.TestDatabase;
import health.salus.node.web.Problem;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class GuardiansTest {
    private static final Handle ANN = Handle.random();
    private static final Handle BOB = Handle.random();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final JdbcTemplate jdbc = TestDatabase.inMemory();
    private final Guardians guardians = new Guardians(jdbc, new SecureRandom(), now::get);

    @Test
    void a_code_makes_one_guardian_once() {
        String code = guardians.invite(ANN, "Bea");
        NewKey key = key();
        assertThat(guardians.invited(code)).map(Guardian::patient).hasValue(ANN);

        assertThat(guardians.accept(code, key)).isTrue();

        assertThat(guardians.accept(code, key())).isFalse();
        assertThat(guardians.invited(code)).isEmpty();
        assertThat(guardians.of(ANN)).singleElement().satisfies(bea -> {
            assertThat(bea.name()).isEqualTo("Bea");
            assertThat(bea.key()).hasValue(key);
            assertThat(guardians.find(bea.id())).hasValue(bea);
        });
        assertThat(guardians.of(BOB)).isEmpty();
    }

    @Test
    void an_invitation_ends_after_a_week_and_a_passkey_stays() {
        String late = guardians.invite(ANN, "Cem");
        guardians.accept(guardians.invite(ANN, "Bea"), key());

        now.updateAndGet(time -> time.plus(OneTimeCode.LIFE));

        assertThat(guardians.invited(late)).isEmpty();
        assertThat(guardians.accept(late, key())).isFalse();
        assertThat(guardians.of(ANN)).extracting(Guardian::name).containsExactly("Bea");
    }

    @Test
    void nobody_invites_more_than_can_be_named() {
        for (int i = 0; i < Recovery.MOST_GUARDIANS; i++) {
            guardians.invite(ANN, "G" + i);
        }
        assertThatThrownBy(() -> guardians.invite(ANN, "one more"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("too-many-guardians"));

        guardians.remove(BOB, guardians.of(ANN).getFirst().id());
        assertThat(guardians.of(ANN)).hasSize(Recovery.MOST_GUARDIANS);
        guardians.remove(ANN, guardians.of(ANN).getFirst().id());
        guardians.invite(ANN, "one more");
    }

    @Test
    void a_name_is_short_and_not_blank() {
        assertThatThrownBy(() -> guardians.invite(ANN, " ")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> guardians.invite(ANN, "x".repeat(Guardians.LONGEST_NAME + 1)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void the_database_does_not_have_the_code() {
        String code = guardians.invite(ANN, "Bea");

        assertThat(jdbc.queryForList("select digest from guardian", String.class))
                .hasSize(1)
                .doesNotContain(code);
    }

    private static NewKey key() {
        return NewKey.passkey(P256PrivateKey.generate().publicKey(), "https://hospital.example");
    }
}
