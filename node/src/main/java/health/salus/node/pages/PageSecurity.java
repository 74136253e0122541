package health.salus.node.pages;

import health.salus.node.config.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

/**
 * Puts Spring Security in front of the pages and of nothing else: the other doors have ways of their own to know who calls,
 * and take requests that its firewall would refuse.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class PageSecurity {
    private static final int AFTER_LIMITS = Ordered.HIGHEST_PRECEDENCE + 100;

    @Bean
    DelegatingFilterProxyRegistrationBean pageSecurityFilter(NodeSettings settings) {
        DelegatingFilterProxyRegistrationBean filter =
                new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        List<String> paths = new ArrayList<>(List.of("/portal/*", "/explorer/*"));
        settings.organizations().forEach(organization -> {
            paths.add("/" + organization.id() + "/portal/*");
            paths.add("/" + organization.id() + "/staff/*");
            paths.add("/" + organization.id() + "/guardian/*");
        });
        filter.setUrlPatterns(paths);
        filter.setOrder(AFTER_LIMITS);
        return filter;
    }

    /** Pages and files for everybody; pages for some have a chain of their own before this one. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain publicPages(HttpSecurity http, CookieCsrfTokenRepository tokens, PageProblems problems)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .csrf(csrf -> csrf.csrfTokenRepository(tokens))
                .exceptionHandling(failures -> failures.accessDeniedHandler(
                        (request, response, denied) -> problems.write(403, request, response)))
                .headers(new PageHeaders())
                .build();
    }

    /** Tokens against forged forms are in a cookie and in the form: a page needs no session for one. */
    @Bean
    CookieCsrfTokenRepository csrfTokens(NodeSettings settings) {
        boolean secure = settings.address().getScheme().equals("https");
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(secure ? "__Host-salus-csrf" : "salus-csrf");
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).secure(secure).sameSite("Strict"));
        return tokens;
    }
}
