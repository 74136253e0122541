package health.salus.ledger.verify;

import health.salus.ledger.state.StateComparison;
import health.salus.ledger.state.StateDamagedException;
import health.salus.ledger.state.StateStorageException;
import health.salus.ledger.state.VersionedState;
import health.salus.ledger.verify.Verification.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The state that lies beside a log, compared with a fresh one when that has reached its height. */
final class StoredState implements AutoCloseable {
    private final Optional<VersionedState> state;
    private final List<Finding> findings;
    private boolean compared;

    private StoredState(Optional<VersionedState> state, List<Finding> findings) {
        this.state = state;
        this.findings = findings;
    }

    static StoredState open(Optional<Path> dir, List<Finding> findings) {
        if (dir.filter(VersionedState::isIn).isEmpty()) {
            return new StoredState(Optional.empty(), findings);
        }
        try {
            VersionedState state = VersionedState.openReadOnly(dir.get());
            StoredState stored = new StoredState(Optional.of(state), findings);
            stored.find(state::verifyChecksums);
            return stored;
        } catch (StateDamagedException | StateStorageException e) {
            findings.add(new Finding("state", String.valueOf(e.getMessage())));
            return new StoredState(Optional.empty(), findings);
        }
    }

    void compareAt(long height, VersionedState fresh) {
        if (state.isPresent() && state.get().height() == height) {
            compared = true;
            find(() -> StateComparison.compare(state.get(), fresh));
        }
    }

    /** @param height that the fresh state reached */
    void finish(long height) {
        if (state.isPresent() && !compared && state.get().height() != VersionedState.NOTHING) {
            findings.add(new Finding(
                    "state",
                    "the stored state is that of height " + state.get().height() + " but the log verifies to height "
                            + height));
        }
    }

    private void find(Runnable check) {
        try {
            check.run();
        } catch (StateDamagedException e) {
            findings.add(new Finding("state", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        state.ifPresent(VersionedState::close);
    }
}
