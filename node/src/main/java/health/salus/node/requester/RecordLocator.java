package health.salus.node.requester;

import health.salus.contracts.records.Location;
import health.salus.contracts.records.Records;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateView;
import health.salus.node.config.NodeSettings;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.web.OutgoingHttp;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** Finds where patients' records are, as the ledger says. Thread-safe. */
@Component
public final class RecordLocator implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final long MAX_ANSWER_BYTES = 16 << 20;

    private final Supplier<StateView> ledger;
    private final OutgoingHttp http;
    private final InstantSource clock;

    @Autowired
    RecordLocator(LedgerHost ledger, NodeSettings settings, SslBundles bundles, InstantSource clock) {
        this(ledger.ledger()::state, http(settings, bundles), clock);
    }

    RecordLocator(Supplier<StateView> ledger, OutgoingHttp http, InstantSource clock) {
        this.ledger = ledger;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Who keeps a patient's records.
     *
     * @param organization its id
     */
    public record Located(String organization, CustodianClient client) {}

    /** The custodian of {@code patient}; empty where the ledger doesn't know the handle, or no location for it. */
    public Optional<Located> locate(Handle patient) {
        return new Records(ledger.get())
                .location(patient)
                .map(location ->
                        new Located(location.custodian(), new CustodianClient(base(location, patient), http, clock)));
    }

    private static URI base(Location location, Handle patient) {
        String url = location.url();
        return URI.create(url.substring(0, url.length() - ("/Patient/" + patient).length()));
    }

    /** Believes whom the node's own TLS bundle believes, as for other nodes; shows no certificate of its own. */
    private static OutgoingHttp http(NodeSettings settings, SslBundles bundles) {
        return settings.listen()
                .tls()
                .map(name -> OutgoingHttp.of(
                        trusting(bundles.getBundle(name).getManagers().getTrustManagers()), TIMEOUT, MAX_ANSWER_BYTES))
                .orElseGet(() -> OutgoingHttp.of(TIMEOUT, MAX_ANSWER_BYTES));
    }

    private static SSLContext trusting(TrustManager... trust) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust, null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS for outgoing connections", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
