package health.salus.ordering.raft;

import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.ordering.OrderingConformance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class RaftOrderingConformanceIT extends OrderingConformance {
    @TempDir
    Path dir;

    @Override
    protected Ordering create() {
        RaftOrdering.Peer self = new RaftOrdering.Peer("hospital", "127.0.0.1:" + Ports.free());
        return RaftOrdering.create(new RaftOrdering.Settings(
                dir, "conformance", self, "127.0.0.1", self.port(), List.of(self), Optional.empty()));
    }
}
