package health.salus.node.network;

import health.salus.contracts.network.Members;
import health.salus.identity.P256Certificate;
import health.salus.identity.Role;
import health.salus.ledger.contract.StateView;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the certificates of nodes: role peer, certified by a CA key of an active organization, valid now, and neither
 * revoked nor suspended, all by the newest state of the ledger. So a revocation counts from its block on. Host names do
 * not matter: who a node is its certificate says. Thread-safe.
 */
final class MemberTrust extends X509ExtendedTrustManager {
    private final Supplier<Optional<StateView>> state;

    MemberTrust(Supplier<Optional<StateView>> state) {
        this.state = state;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        P256Certificate certificate;
        try {
            certificate = P256Certificate.of(chain[0]);
        } catch (IllegalArgumentException e) {
            throw new CertificateException("not a certificate of a member");
        }
        boolean trusted = certificate.role().filter(Role.PEER::equals).isPresent()
                && state.get()
                        .filter(newest -> new Members(newest).vouchFor(certificate, Instant.now()))
                        .isPresent();
        if (!trusted) {
            throw new CertificateException("not a certificate of a member's node that is in force");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    /** None: a list of authorities would keep members whose CA is new from presenting their certificates. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
