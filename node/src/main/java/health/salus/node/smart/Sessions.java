package health.salus.node.smart;

import health.salus.foundation.Sha256;
import health.salus.node.smart.TokenProblem.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/**
 * Says who makes a request: by its access token (RFC 6750 §2.1), by the TLS client certificate where there is one
 * (RFC 8705 §3), and by what the ledger says of that key at this moment. Thread-safe.
 */
public final class Sessions {
    private static final String TLS_CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String SCHEME = "bearer ";

    private final Clients clients;
    private final Issuer.Directory issuers;
    private final boolean certificateRequired;

    /**
     * @param clients who is known
     * @param issuers whose tokens are taken, each at its own organization
     * @param certificateRequired whether a token that is bound to a certificate needs it, rather than only takes no other
     */
    public Sessions(Clients clients, Issuer.Directory issuers, boolean certificateRequired) {
        this.clients = clients;
        this.issuers = issuers;
        this.certificateRequired = certificateRequired;
    }

    /** Who asks {@code organization}. @throws TokenProblem where that isn't known */
    public Session of(HttpServletRequest request, String organization) {
        Issuer issuer = issuers.find(organization)
                .orElseThrow(() -> new TokenProblem(Reason.BAD_TOKEN, "no such organization at this node"));
        AccessTokens.Accepted token = issuer.tokens().accept(bearer(request));
        Caller caller = clients.recognise(organization, token.kid())
                .orElseThrow(() -> new TokenProblem(Reason.UNKNOWN_CLIENT, "key revoked or expired since"));
        if (caller.isCertificate(token.kid())) {
            requireBound(request, token.kid());
        }
        return new Session(caller, token.scopes());
    }

    private static String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new TokenProblem(Reason.BAD_TOKEN, "expected Authorization: Bearer <access token>");
        }
        return header.substring(SCHEME.length()).strip();
    }

    private void requireBound(HttpServletRequest request, Sha256 kid) {
        if (request.getAttribute(TLS_CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
            try {
                if (!Sha256.of(chain[0].getEncoded()).equals(kid)) {
                    throw new TokenProblem(
                            Reason.NOT_BOUND, "token is bound to another certificate than the TLS client's");
                }
            } catch (CertificateEncodingException e) {
                throw new TokenProblem(Reason.NOT_BOUND, "TLS client certificate can't be read");
            }
        } else if (certificateRequired) {
            throw new TokenProblem(Reason.NOT_BOUND, "token is bound to a certificate; present that to TLS");
        }
    }
}
