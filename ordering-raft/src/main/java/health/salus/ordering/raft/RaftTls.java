package health.salus.ordering.raft;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Mutual TLS 1.3 between the members. Host names are not compared with certificates: {@code trust} alone decides whose
 * certificates are good, in all of its methods, and may decide differently as time goes on.
 *
 * @param keys this node's key and certificates, as server and as client
 * @param trust says who is a member
 */
public record RaftTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {}
