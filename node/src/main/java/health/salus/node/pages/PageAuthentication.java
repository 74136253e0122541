package health.salus.node.portal;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A {@link PatientSession} as Spring Security knows it. */
final class PatientAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient PatientSession session;

    PatientAuthentication(PatientSession session) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.session = session;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public PatientSession getPrincipal() {
        return session;
    }
}
