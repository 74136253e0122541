package health.salus.node.portal;

import health.salus.node.access.PortalOrigin;
import health.salus.node.pages.PageHeaders;
import health.salus.node.pages.PageProblems;
import health.salus.node.smart.Clients;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Lets nobody into a portal but patients who signed in; what is in front of that is for everybody. */
@Configuration(proxyBeanMethods = false)
class PortalSecurity {
    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    @Bean
    @Order(0)
    SecurityFilterChain portal(
            HttpSecurity http,
            Clients clients,
            InstantSource clock,
            HttpSessionSecurityContextRepository sessions,
            CookieCsrfTokenRepository tokens,
            PageProblems problems)
            throws Exception {
        return http.securityMatcher(PATH.matcher("/*/portal/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                PATH.matcher("/*/portal"),
                                PATH.matcher("/*/portal/sign-in/**"),
                                PATH.matcher("/*/portal/welcome/**"))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .securityContext(context -> context.securityContextRepository(sessions))
                .addFilterAfter(new SessionsInForce(clients, clock), SecurityContextHolderFilter.class)
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens))
                .logout(logout -> logout.logoutRequestMatcher(PATH.matcher(HttpMethod.POST, "/*/portal/sign-out"))
                        .logoutSuccessHandler(
                                (request, response, signedOut) -> PortalPath.toEntry(request, response, problems)))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, unknown) -> toSignIn(request, response, problems))
                        .accessDeniedHandler((request, response, denied) -> problems.write(403, request, response)))
                .headers(new PageHeaders())
                .build();
    }

    private static void toSignIn(HttpServletRequest request, HttpServletResponse response, PageProblems problems)
            throws IOException {
        if (request.getMethod().equals("GET")) {
            PortalPath.toEntry(request, response, problems);
        } else {
            problems.write(401, request, response);
        }
    }

    @Bean
    HttpSessionSecurityContextRepository portalSessions() {
        return new HttpSessionSecurityContextRepository();
    }

    /** Sessions are made at sign-in only, and known by a cookie that scripts and other sites don't get. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> sessionCookie(PortalOrigin origin) {
        return factory -> {
            Session session = factory.getSession();
            session.setTimeout(PatientSession.LONGEST_SILENCE);
            session.setTrackingModes(Set.of(Session.SessionTrackingMode.COOKIE));
            Session.Cookie cookie = session.getCookie();
            cookie.setName(origin.isSecure() ? "__Host-salus-session" : "salus-session");
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setSecure(origin.isSecure());
            cookie.setSameSite(Cookie.SameSite.STRICT);
        };
    }
}
