package health.salus.node.pages;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.access.PortalOrigin;
import health.salus.node.smart.Clients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.server.Session.SessionTrackingMode;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

class SignedInPagesTest {
    @Test
    void a_session_ends_after_a_quarter_of_an_hour_of_silence_and_is_known_by_its_cookie_only() {
        PortalOrigin origin = new PortalOrigin("https://hospital.example");
        Clients nobody = (organization, kid) -> Optional.empty();
        TomcatServletWebServerFactory server = new TomcatServletWebServerFactory();

        new SignedInPages(
                        origin,
                        nobody,
                        InstantSource.system(),
                        new CookieCsrfTokenRepository(),
                        new PageProblems((name, language) -> null, new Languages(origin)),
                        new OpenSessions(nobody, InstantSource.system()))
                .customize(server);

        assertThat(server.getSession().getTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(server.getSession().getTrackingModes()).containsExactly(SessionTrackingMode.COOKIE);
    }
}
