package health.salus.ordering.raft.fault;

import health.salus.ordering.raft.RaftTls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts exactly the certificates that lie with the members' addresses, those that come later too. */
final class MemberTls extends X509ExtendedTrustManager {
    private final Site own;

    private MemberTls(Site own) {
        this.own = own;
    }

    static RaftTls of(Site own) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(own.keys(), new char[0]);
        return new RaftTls((X509ExtendedKeyManager) factory.getKeyManagers()[0], new MemberTls(own));
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        for (Site site : Site.all(own.base())) {
            try {
                if (Arrays.equals(Files.readAllBytes(site.certificate()), chain[0].getEncoded())) {
                    return;
                }
            } catch (IOException e) {
                throw new CertificateException(e);
            }
        }
        throw new CertificateException("not a member");
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
