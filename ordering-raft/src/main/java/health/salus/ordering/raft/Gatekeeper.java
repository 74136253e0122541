package health.salus.ordering.raft;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * Asks again who is trusted at the beginning of each call, and every few seconds as long as it lasts. The handshake alone
 * does not do: connections last, and a resumed session is not asked for its certificate. Nobody may administer a node from
 * outside; who is a member is decided by the ledger.
 */
final class Gatekeeper implements ServerInterceptor {
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final X509TrustManager trust;

    Gatekeeper(X509TrustManager trust) {
        this.trust = trust;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> handler) {
        if (AdminProtocolServiceGrpc.SERVICE_NAME.equals(
                call.getMethodDescriptor().getServiceName())) {
            return refused(call, Status.PERMISSION_DENIED);
        }
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null || !isTrusted(session)) {
            return refused(call, Status.UNAUTHENTICATED);
        }
        return new Guarded<>(call, handler.startCall(call, headers), session);
    }

    private static <Q, A> ServerCall.Listener<Q> refused(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private boolean isTrusted(SSLSession session) {
        try {
            X509Certificate[] chain = Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            trust.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            return false;
        }
    }

    private final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;
        private final SSLSession session;
        private long checked = System.nanoTime();
        private boolean over;

        Guarded(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener, SSLSession session) {
            super(listener);
            this.call = call;
            this.session = session;
        }

        @Override
        public void onMessage(Q message) {
            if (over) {
                return;
            }
            long now = System.nanoTime();
            if (now - checked > RECHECK_NANOS) {
                checked = now;
                if (!isTrusted(session)) {
                    over = true;
                    call.close(Status.UNAUTHENTICATED, new Metadata());
                    onCancel();
                    return;
                }
            }
            super.onMessage(message);
        }
    }
}
