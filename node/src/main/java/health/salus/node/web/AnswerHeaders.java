package health.salus.node.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every answer says, whatever door it is of: it is what it says it is, is no page and in none, and next time it is to be
 * asked for by TLS. Pages have a policy of their own instead.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class AnswerHeaders extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        write(request.isSecure(), response);
        chain.doFilter(request, new Kept(request.isSecure(), response));
    }

    private static void write(boolean secure, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (secure) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Keeps them where what was begun gives way to a problem. */
    private static final class Kept extends HttpServletResponseWrapper {
        private final boolean secure;

        Kept(boolean secure, HttpServletResponse response) {
            super(response);
            this.secure = secure;
        }

        @Override
        public void reset() {
            super.reset();
            write(secure, (HttpServletResponse) getResponse());
        }
    }
}
