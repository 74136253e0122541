package health.salus.node.pages;

import health.salus.node.smart.Clients;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions that are too old, or whose key the ledger doesn't have in force any more; it is asked with every request. A
 * session of one organization's pages counts for nothing at another's.
 */
final class SessionsInForce extends OncePerRequestFilter {
    private final transient Clients clients;
    private final transient InstantSource clock;

    SessionsInForce(Clients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof PageAuthentication signedIn) {
            PageSession session = signedIn.getPrincipal();
            if (!session.organization().equals(OrganizationPath.organization(request))) {
                SecurityContextHolder.clearContext();
            } else if (session.isOver(clock.instant()) || !session.isInForce(clients)) {
                SecurityContextHolder.clearContext();
                HttpSession ended = request.getSession(false);
                if (ended != null) {
                    ended.invalidate();
                }
            }
        }
        chain.doFilter(request, response);
    }
}
