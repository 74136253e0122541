package health.salus.node.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.OrganizationCa;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Role;
import health.salus.node.smart.TokenProblem.Reason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionsTest {
    private static final P256PrivateKey GATEWAY = P256PrivateKey.generate();
    private static final OrganizationCa CA =
            OrganizationCa.create("clinic", InstantSource.system()).ca();
    private static final Credential CLINICIAN = enrolled();
    private static final Caller CALLER = TestCallers.outsider(CLINICIAN.kid());

    private final AccessTokens tokens =
            new AccessTokens("https://n.example/city", "https://n.example/city/fhir", GATEWAY, Instant::now);

    @Test
    void a_token_opens_what_its_owner_may() {
        assertThat(sessions(false).of(request(tokens), "city").caller()).isEqualTo(CALLER);
        assertThat(sessions(true)
                        .of(request(tokens, CLINICIAN.chain().endEntity().x509()), "city")
                        .caller())
                .isEqualTo(CALLER);
    }

    @Test
    void a_token_is_refused_with_another_certificate() {
        X509Certificate other = enrolled().chain().endEntity().x509();

        refused(sessions(false), request(tokens, other), Reason.NOT_BOUND);
        refused(sessions(true), request(tokens, other), Reason.NOT_BOUND);
    }

    @Test
    void a_token_is_refused_without_a_certificate_where_one_is_required() {
        refused(sessions(true), request(tokens), Reason.NOT_BOUND);
    }

    @Test
    void a_token_of_another_organization_is_refused() {
        AccessTokens others =
                new AccessTokens("https://n.example/town", "https://n.example/town/fhir", GATEWAY, Instant::now);

        refused(sessions(false), request(others), Reason.BAD_TOKEN);
    }

    private static void refused(Sessions sessions, MockHttpServletRequest request, Reason reason) {
        assertThatExceptionOfType(TokenProblem.class)
                .isThrownBy(() -> sessions.of(request, "city"))
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo(reason));
    }

    private Sessions sessions(boolean certificateRequired) {
        Clients clients = (organization, kid) -> kid.equals(CLINICIAN.kid())
                ? Optional.of(new Clients.Client(CALLER, CLINICIAN.key().publicKey(), Optional.empty()))
                : Optional.empty();
        Issuer issuer =
                new Issuer("city", "https://n.example/city", tokens, new UsedAssertions(TestDatabase.inMemory(), 10));
        return new Sessions(clients, organization -> Optional.of(issuer), certificateRequired);
    }

    private static MockHttpServletRequest request(AccessTokens issuing, X509Certificate... presented) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader(
                "Authorization", "Bearer " + issuing.issue(CALLER.kid(), CALLER, SmartScopes.parse("system/*.rs")));
        if (presented.length > 0) {
            request.setAttribute("jakarta.servlet.request.X509Certificate", presented);
        }
        return request;
    }

    private static Credential enrolled() {
        return CA.enroll(Enrollment.of("test", Role.CLIENT, Set.of(), Duration.ofDays(30)));
    }
}
