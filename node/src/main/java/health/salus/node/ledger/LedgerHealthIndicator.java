package health.salus.node.ledger;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Health component {@code ledger}: down once it takes no more transactions. */
@Component
class LedgerHealthIndicator implements HealthIndicator {
    private final LedgerHost host;

    LedgerHealthIndicator(LedgerHost host) {
        this.host = host;
    }

    @Override
    public Health health() {
        return host.ledger().failure().isEmpty()
                ? Health.up().build()
                : Health.down().build();
    }
}
