package health.salus.ordering.raft;

import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.OrganizationCa;
import health.salus.identity.P256Certificate;
import health.salus.identity.Role;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** An organization's node with its certificate, and trust in exactly the certificates of a set that may change. */
final class TestIdentity {
    private final Credential credential;

    TestIdentity(String organization) {
        this.credential = OrganizationCa.create(organization, InstantSource.system())
                .ca()
                .enroll(Enrollment.of("node", Role.PEER, Set.of(), Duration.ofDays(1)));
    }

    P256Certificate certificate() {
        return credential.chain().endEntity();
    }

    RaftTls tls(Set<P256Certificate> trusted) {
        return new RaftTls(keys(), new Pinned(trusted));
    }

    private X509ExtendedKeyManager keys() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = credential.chain().certificates().stream()
                    .map(P256Certificate::x509)
                    .toArray(Certificate[]::new);
            store.setKeyEntry("node", credential.key().key(), new char[0], chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Pinned extends X509ExtendedTrustManager {
        private final Set<P256Certificate> trusted;

        Pinned(Set<P256Certificate> trusted) {
            this.trusted = trusted;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!trusted.contains(P256Certificate.of(chain[0]))) {
                throw new CertificateException("not a member");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
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
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
