package health.salus.node.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Sha256;
import health.salus.node.smart.Clients;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

class OpenSessionsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Set<String> revoked = new HashSet<>();
    private final OpenSessions sessions = new OpenSessions((organization, kid) -> Optional.empty(), () -> NOON);

    /** @param minutes since it began */
    private record Signed(String organization, String area, String holder, int minutes, Set<String> revoked)
            implements PageSession {
        @Override
        public Sha256 kid() {
            return Sha256.of(new byte[0]);
        }

        @Override
        public Instant began() {
            return NOON.minusSeconds(60L * minutes);
        }

        @Override
        public boolean isInForce(Clients clients) {
            return !revoked.contains(holder);
        }
    }

    @Test
    void somebody_sees_and_ends_their_own_and_nobody_elses() {
        Signed ann = signed("city", "portal", "ann");
        HttpServletRequest here = begin(ann);
        HttpServletRequest elsewhere = begin(ann);
        HttpServletRequest ben = begin(signed("city", "portal", "ben"));
        HttpServletRequest guarding = begin(signed("city", "guardian", "ann"));
        HttpServletRequest other = begin(signed("clinic", "portal", "ann"));

        assertThat(sessions.own(ann, here)).extracting(OpenSession::current).containsExactly(true, false);
        String id =
                sessions.own(signed("city", "portal", "ben"), ben).getFirst().id();
        assertThat(sessions.endOwn(ann, here, Optional.of(id))).isZero();
        assertThat(sessions.endOwn(ann, here, Optional.empty())).isOne();

        assertThat(isOpen(elsewhere)).isFalse();
        for (HttpServletRequest open : new HttpServletRequest[] {here, ben, guarding, other}) {
            assertThat(isOpen(open)).isTrue();
        }
        assertThat(sessions.own(ann, here)).hasSize(1);
    }

    @Test
    void an_organization_has_those_at_all_its_pages() {
        HttpServletRequest admin = begin(signed("city", "staff", "admin"));
        begin(signed("city", "portal", "ann"));
        begin(signed("city", "guardian", "ben"));
        begin(signed("clinic", "staff", "eve"));

        assertThat(sessions.at("city", admin))
                .extracting(open -> open.of().holder())
                .containsExactlyInAnyOrder("admin", "ann", "ben")
                .startsWith("admin");
    }

    @Test
    void what_has_ended_is_not_shown() {
        Signed ann = signed("city", "portal", "ann");
        HttpServletRequest here = begin(ann);
        begin(ann).getSession().invalidate();
        begin(new Signed("city", "portal", "ann", 480, revoked));
        assertThat(sessions.own(ann, here)).hasSize(1);

        revoked.add("ann");

        assertThat(sessions.own(ann, here)).isEmpty();
    }

    @Test
    void ending_takes_a_sign_in_just_before() {
        Signed late = new Signed("city", "portal", "ann", 5, revoked);
        HttpServletRequest here = begin(late);
        HttpServletRequest elsewhere = begin(signed("city", "portal", "ann"));

        assertThatThrownBy(() -> sessions.endOwn(late, here, Optional.empty()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
        assertThat(isOpen(elsewhere)).isTrue();
    }

    private Signed signed(String organization, String area, String holder) {
        return new Signed(organization, area, holder, 4, revoked);
    }

    private HttpServletRequest begin(PageSession session) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        sessions.add(session, Objects.requireNonNull(request.getSession()));
        return request;
    }

    private static boolean isOpen(HttpServletRequest request) {
        return request.getSession(false) instanceof MockHttpSession session && !session.isInvalid();
    }
}
