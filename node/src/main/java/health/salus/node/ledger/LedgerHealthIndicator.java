package health.salus.node.ledger;

import health.salus.node.network.Consortium;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Health component {@code ledger}: down once it takes no more transactions, out of service while it is behind the others. */
@Component
class LedgerHealthIndicator implements HealthIndicator {
    private final LedgerHost host;

    LedgerHealthIndicator(LedgerHost host) {
        this.host = host;
    }

    @Override
    public Health health() {
        if (host.ledger().failure().isPresent()) {
            return Health.down().build();
        }
        return host.consortium().filter(Consortium::isBehind).isPresent()
                ? Health.outOfService().build()
                : Health.up().build();
    }
}
