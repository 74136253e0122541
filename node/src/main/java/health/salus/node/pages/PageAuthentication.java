package health.salus.node.pages;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A {@link PageSession} as Spring Security knows it; its area is its only authority. */
final class PageAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient PageSession session;

    PageAuthentication(PageSession session) {
        super(AuthorityUtils.createAuthorityList(session.area()));
        this.session = session;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public PageSession getPrincipal() {
        return session;
    }
}
