package health.salus.node.web;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Takes whatever certificate a TLS client presents. The handshake shows that the client holds its key; whether the ledger
 * knows the certificate, and has it in force, is asked with every request, and a certificate that the ledger doesn't know
 * opens nothing. Public, with a public constructor, because Tomcat makes instances by reflection.
 */
public final class AnyClientCertificate implements X509TrustManager {
    /** For Tomcat. */
    public AnyClientCertificate() {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authentication) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authentication) throws CertificateException {
        throw new CertificateException("for clients only");
    }

    /** None: a list of authorities would keep clients of others from presenting theirs. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
