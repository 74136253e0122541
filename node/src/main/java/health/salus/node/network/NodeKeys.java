package health.salus.node.network;

import health.salus.identity.Credential;
import health.salus.identity.P256Certificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Presents one credential, whoever asks, as client and as server. Thread-safe. */
final class NodeKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "node";

    private final Credential credential;

    NodeKeys(Credential credential) {
        this.credential = credential;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credential.key().key();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return credential.chain().certificates().stream()
                .map(P256Certificate::x509)
                .toArray(X509Certificate[]::new);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return keyType.startsWith("EC") ? ALIAS : null;
    }
}
