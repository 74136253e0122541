package health.salus.node.access;

import health.salus.contracts.rule.Action;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.TransactionBody;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;

/** Signs and submits what an organization's gateway has to say to the ledger. Thread-safe. */
public final class GatewayTransactions {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final Sha256 kid;
    private final P256PrivateKey key;
    private final InstantSource clock;

    /** @param kid thumbprint of the gateway's certificate, which belongs to {@code key} */
    public GatewayTransactions(Ledger ledger, Sha256 kid, P256PrivateKey key, InstantSource clock) {
        this.ledger = ledger;
        this.kid = kid;
        this.key = key;
        this.clock = clock;
    }

    /** Submits; returns at once. */
    public CompletableFuture<Submission> submit(Action action) {
        TransactionBody body = TransactionBody.of(
                ledger.network(),
                action.contract(),
                action.action(),
                action.arguments(),
                clock.instant().plus(LIFE).truncatedTo(ChronoUnit.SECONDS));
        return ledger.submit(body.sign(kid, key).jws());
    }
}
