package health.salus.node.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChallengesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Challenges<String> challenges = new Challenges<>(new SecureRandom(), now::get);

    @Test
    void a_challenge_is_good_once() {
        String challenge = challenges.issue("city");

        assertThat(challenges.take(challenge)).hasValue("city");
        assertThat(challenges.take(challenge)).isEmpty();
    }

    @Test
    void a_challenge_is_good_for_five_minutes() {
        String first = challenges.issue("city");
        String second = challenges.issue("city");
        now.updateAndGet(time -> time.plus(Challenges.LIFE).minusMillis(1));
        assertThat(challenges.take(first)).isPresent();

        now.updateAndGet(time -> time.plusMillis(1));
        assertThat(challenges.take(second)).isEmpty();
    }

    @Test
    void an_invented_challenge_is_none() {
        assertThat(challenges.take("invented")).isEmpty();
    }

    @Test
    void of_too_many_the_oldest_gives_way() {
        String oldest = challenges.issue("city");
        String second = challenges.issue("city");
        for (int i = 0; i < 9_999; i++) {
            challenges.issue("city");
        }

        assertThat(challenges.take(oldest)).isEmpty();
        assertThat(challenges.take(second)).isPresent();
    }

    @Test
    void attempts_are_limited_by_name_and_only_for_a_while() {
        AttemptLimit limit = new AttemptLimit(2, Duration.ofMinutes(1), now::get);

        assertThat(limit.permits("a")).isTrue();
        assertThat(limit.permits("a")).isTrue();
        assertThat(limit.permits("a")).isFalse();
        assertThat(limit.permits("b")).isTrue();
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
        assertThat(limit.permits("a")).isTrue();
    }
}
