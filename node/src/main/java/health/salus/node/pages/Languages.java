package health.salus.node.pages;

import health.salus.node.access.PortalOrigin;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Chooses a page's language: the one of the parameter {@code lang}, which a cookie keeps, or the one that the browser prefers.
 * Each has a bundle of messages; further bundles need a line here and a link in the layout.
 */
@Component("localeResolver")
final class Languages implements LocaleResolver, HandlerInterceptor {
    private static final String PARAMETER = "lang";
    private static final String NAME = "salus-language";
    private static final List<Locale> OFFERED = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final boolean secure;
    private final String cookie;

    Languages(PortalOrigin origin) {
        this.secure = origin.isSecure();
        this.cookie = secure ? "__Host-" + NAME : NAME;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return offered(request.getParameter(PARAMETER))
                .or(() -> kept(request))
                .orElseGet(() -> preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        offered(request.getParameter(PARAMETER))
                .ifPresent(language -> response.addHeader(
                        HttpHeaders.SET_COOKIE,
                        ResponseCookie.from(cookie, language.getLanguage())
                                .secure(secure)
                                .path("/")
                                .sameSite("Lax")
                                .httpOnly(true)
                                .build()
                                .toString()));
        return true;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the parameter " + PARAMETER + " sets the language");
    }

    private Optional<Locale> kept(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return (cookies == null ? Stream.<Cookie>empty() : Arrays.stream(cookies))
                .filter(one -> one.getName().equals(cookie))
                .flatMap(one -> offered(one.getValue()).stream())
                .findFirst();
    }

    private static Optional<Locale> offered(@Nullable String language) {
        return OFFERED.stream()
                .filter(one -> one.getLanguage().equals(language))
                .findFirst();
    }

    private static Locale preferred(@Nullable String header) {
        try {
            Locale found = header == null ? null : Locale.lookup(Locale.LanguageRange.parse(header), OFFERED);
            return found == null ? OFFERED.getFirst() : found;
        } catch (IllegalArgumentException malformed) {
            return OFFERED.getFirst();
        }
    }
}
