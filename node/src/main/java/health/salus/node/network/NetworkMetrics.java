package health.salus.node.network;

import health.salus.ledger.finality.Finality;
import health.salus.node.ledger.LedgerHost;
import health.salus.ordering.raft.RaftOrdering;
import health.salus.ordering.raft.RaftStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Meters of a node that is one of several, see the operator guide. */
@Component
class NetworkMetrics implements MeterBinder {
    private final LedgerHost host;

    NetworkMetrics(LedgerHost host) {
        this.host = host;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Finality finality = host.ledger().finality();
        gauge(registry, "ledger.height", () -> host.ledger().height());
        gauge(registry, "ledger.final.height", finality::finalHeight);
        gauge(
                registry,
                "ledger.cosignature.delay.seconds",
                () -> finality.status().delay().toNanos() / 1e9);
        gauge(registry, "ledger.witnesses", () -> finality.status().members());
        gauge(registry, "ledger.quorum", () -> finality.status().quorum());
        gauge(
                registry,
                "ledger.contradicting",
                () -> finality.status().contradicting().size());
        gauge(registry, "ledger.stopped", () -> host.ledger().failure().isPresent() ? 1 : 0);
        host.consortium().ifPresent(several -> {
            RaftOrdering raft = several.raft();
            gauge(registry, "ledger.raft.leader", () -> raft.status().role() == RaftStatus.Role.LEADER ? 1 : 0);
            gauge(registry, "ledger.raft.term", () -> raft.status().term());
            gauge(
                    registry,
                    "ledger.raft.lag",
                    () -> Math.max(0, raft.status().committed() - raft.status().applied()));
            gauge(registry, "ledger.raft.queue", () -> raft.status().inFlight());
        });
    }

    private static void gauge(MeterRegistry registry, String name, java.util.function.Supplier<Number> value) {
        Gauge.builder(name, value).register(registry);
    }
}
