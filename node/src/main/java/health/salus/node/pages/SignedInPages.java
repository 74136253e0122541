package health.salus.node.pages;

import health.salus.node.access.PortalOrigin;
import health.salus.node.smart.Clients;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.Session;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter.Directive;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Pages for those who have signed in. Sessions are made at sign-in only, and known by a cookie that scripts and other sites
 * don't get. Thread-safe.
 */
@Component
public final class SignedInPages implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final Logger LOGGER = LoggerFactory.getLogger(SignedInPages.class);
    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    private static final LogoutHandler FORGET =
            new HeaderWriterLogoutHandler(new ClearSiteDataHeaderWriter(Directive.CACHE, Directive.STORAGE));

    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private final PortalOrigin origin;
    private final Clients clients;
    private final InstantSource clock;
    private final CookieCsrfTokenRepository tokens;
    private final PageProblems problems;
    private final OpenSessions open;

    SignedInPages(
            PortalOrigin origin,
            Clients clients,
            InstantSource clock,
            CookieCsrfTokenRepository tokens,
            PageProblems problems,
            OpenSessions open) {
        this.origin = origin;
        this.clients = clients;
        this.clock = clock;
        this.tokens = tokens;
        this.problems = problems;
        this.open = open;
    }

    /**
     * Lets nobody into {@code /<organization>/<area>} but who signed in there.
     *
     * @param open what is in front of that, for everybody, besides the area's first page: patterns within the area
     */
    public SecurityFilterChain chain(HttpSecurity http, String area, String... open) throws Exception {
        String base = "/*/" + area;
        PathPatternRequestMatcher[] forAll = Stream.concat(
                        Stream.of(base), Stream.of(open).map(path -> base + path))
                .map(PATH::matcher)
                .toArray(PathPatternRequestMatcher[]::new);
        return http.securityMatcher(PATH.matcher(base + "/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(forAll)
                        .permitAll()
                        .anyRequest()
                        .hasAuthority(area))
                .securityContext(context -> context.securityContextRepository(sessions))
                .addFilterAfter(new SessionsInForce(clients, clock), SecurityContextHolderFilter.class)
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens))
                .logout(logout -> logout.logoutRequestMatcher(PATH.matcher(HttpMethod.POST, base + "/sign-out"))
                        .addLogoutHandler(FORGET)
                        .logoutSuccessHandler((request, response, signedOut) ->
                                OrganizationPath.toEntry(area, request, response, problems)))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, unknown) -> toSignIn(area, request, response))
                        .accessDeniedHandler((request, response, denied) -> problems.write(403, request, response)))
                .headers(new PageHeaders())
                .build();
    }

    /** Begins {@code session} under a new id; whatever session the browser had ends. */
    public void begin(PageSession session, HttpServletRequest request, HttpServletResponse response) {
        HttpSession earlier = request.getSession(false);
        if (earlier != null) {
            earlier.invalidate();
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PageAuthentication(session));
        sessions.saveContext(context, request, response);
        open.add(session, request.getSession());
        LOGGER.atInfo()
                .addKeyValue("organization", session.organization())
                .addKeyValue("pages", session.area())
                .addKeyValue("with", session.wayIn())
                .log("signed in");
        tokens.saveToken(tokens.generateToken(request), request, response);
    }

    private void toSignIn(String area, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("GET")) {
            OrganizationPath.toEntry(area, request, response, problems);
        } else {
            problems.write(401, request, response);
        }
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Session session = factory.getSession();
        session.setTimeout(PageSession.LONGEST_SILENCE);
        session.setTrackingModes(Set.of(Session.SessionTrackingMode.COOKIE));
        Session.Cookie cookie = session.getCookie();
        cookie.setName(origin.isSecure() ? "__Host-salus-session" : "salus-session");
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(origin.isSecure());
        cookie.setSameSite(Cookie.SameSite.STRICT);
    }
}
