package health.salus.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.identity.Handle;
import health.salus.node.access.ErasureRequests.Decision;
import health.salus.node.access.ErasureRequests.ErasureRequest;
import health.salus.node.access.ErasureRequests.Ground;
import health.salus.node.smart.TestDatabase;
import health.salus.node.web.Problem;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErasureRequestsTest {
    private static final Handle ANN = Handle.random();
    private static final Handle BOB = Handle.random();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T00:00:00Z"));
    private final ErasureRequests requests = new ErasureRequests(TestDatabase.inMemory(), now::get);

    @Test
    void what_was_asked_first_waits_first_and_is_due_within_a_month() {
        requests.ask(ANN, "Observation/7");
        now.updateAndGet(time -> time.plusSeconds(1));
        requests.ask(BOB, ErasureRequests.EVERYTHING);

        assertThat(requests.open()).extracting(ErasureRequest::subject).containsExactly("Observation/7", "*");
        assertThat(requests.open().getFirst().due()).isEqualTo("2026-02-28T00:00:00Z");
        assertThat(requests.of(BOB)).containsExactly(requests.open().getLast());
    }

    @Test
    void the_same_can_be_asked_again_only_after_a_decision() {
        requests.ask(ANN, "Observation/7");
        assertThatThrownBy(() -> requests.ask(ANN, "Observation/7"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("asked-already"));

        requests.decide(requests.open().getFirst().id(), new Decision.Refused(Ground.LEGAL_CLAIMS));
        requests.ask(ANN, "Observation/7");

        assertThat(requests.of(ANN)).hasSize(2);
        assertThat(requests.open()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_keeps_its_ground(Ground ground) {
        requests.ask(ANN, "Observation/7");

        requests.decide(requests.open().getFirst().id(), new Decision.Refused(ground));

        assertThat(requests.of(ANN).getFirst().decision()).hasValue(new Decision.Refused(ground));
        assertThat(requests.of(ANN).getFirst().decided()).hasValue(now.get());
        assertThat(requests.open()).isEmpty();
    }

    @Test
    void a_request_is_decided_once_and_cannot_be_taken_back_then() {
        requests.ask(ANN, "Observation/7");
        Handle id = requests.open().getFirst().id();
        requests.decide(id, new Decision.Granted());

        assertThatThrownBy(() -> requests.decide(id, new Decision.Refused(Ground.STILL_NEEDED)))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> requests.withdraw(ANN, id)).isInstanceOf(Problem.class);
        assertThat(requests.of(ANN).getFirst().decision()).hasValue(new Decision.Granted());
    }

    @Test
    void only_who_asked_takes_a_request_back() {
        requests.ask(ANN, "Observation/7");
        Handle id = requests.open().getFirst().id();

        assertThatThrownBy(() -> requests.withdraw(BOB, id)).isInstanceOf(Problem.class);
        requests.withdraw(ANN, id);

        assertThat(requests.open()).isEmpty();
    }
}
