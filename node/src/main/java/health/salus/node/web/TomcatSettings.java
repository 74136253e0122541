package health.salus.node.web;

import health.salus.node.config.NodeSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Makes Tomcat listen where the configuration says, and give up on slow or greedy clients. */
@Component
class TomcatSettings implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
    private static final int MAX_HEADER_BYTES = 32 << 10; // tokens and FHIR queries are long
    private static final int MAX_SWALLOWED_BYTES = 1 << 20;
    /** RFC 9325's, the strongest first: keys that are forgotten, authenticated encryption. */
    private static final String SUITES = String.join(
            ",",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private final NodeSettings settings;
    private final SslBundles bundles;

    TomcatSettings(NodeSettings settings, SslBundles bundles) {
        this.settings = settings;
        this.bundles = bundles;
    }

    /** After Spring's own: ours is the one configuration file. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setPort(settings.listen().port());
        factory.setAddress(address(settings.listen().address()));
        settings.listen().tls().ifPresent(bundle -> {
            Ssl ssl = Ssl.forBundle(bundle);
            ssl.setClientAuth(Ssl.ClientAuth.WANT);
            factory.setSsl(ssl);
            factory.addConnectorCustomizers(connector -> harden(connector, bundle));
        });
        factory.addConnectorCustomizers(this::customize);
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReport()));
    }

    /** Now, and again when the bundle was replaced. */
    private void harden(Connector connector, String bundle) {
        harden(connector);
        bundles.addBundleUpdateHandler(bundle, replaced -> harden(connector));
    }

    /** Whose client's certificate it is, the ledger says. */
    private static void harden(Connector connector) {
        for (SSLHostConfig host : connector.findSslHostConfigs()) {
            host.setTrustManagerClassName(AnyClientCertificate.class.getName());
            host.setProtocols("TLSv1.2+TLSv1.3");
            host.setCiphers(SUITES);
            host.setHonorCipherOrder(true);
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http
                    && connector.getState() == LifecycleState.STARTED) {
                http.addSslHostConfig(host, true);
            }
        }
    }

    private void customize(Connector connector) {
        connector.setProperty("relaxedQueryChars", "|^[]{}"); // clients send them bare in FHIR searches
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            int idle = Math.toIntExact(settings.limits().idleTime().toMillis());
            http.setConnectionTimeout(idle);
            http.setKeepAliveTimeout(idle);
            http.setMaxKeepAliveRequests(-1); // another connection costs another TLS handshake and defends nothing
            http.setMaxConnections(settings.limits().connections());
            http.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
            http.setMaxSwallowSize(MAX_SWALLOWED_BYTES);
        }
    }

    private static InetAddress address(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("salus.listen.address: " + name + " is not known here", e);
        }
    }
}
