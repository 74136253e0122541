package health.salus.contracts.rule;

import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.WorldState;
import java.util.List;
import java.util.Set;

/**
 * A contract with a closed schema: it reads the arguments, applies the rule of the action, and answers what came of it.
 * Thread-safe as long as its rules keep no state of their own.
 *
 * @param <A> sealed type of its actions
 */
public abstract class TypedContract<A extends Action> implements Contract {
    private final String name;
    private final int version;
    private final Actions<A> schema;

    /** A contract called {@code name}, in this version. */
    protected TypedContract(String name, int version, Actions<A> schema) {
        this.name = name;
        this.version = version;
        this.schema = schema;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int version() {
        return version;
    }

    @Override
    public final Set<String> actions() {
        return schema.names();
    }

    @Override
    public final Outcome apply(Call call, WorldState state) {
        try {
            return new Outcome.Accepted(apply(schema.read(call), call, state));
        } catch (RejectedException e) {
            return e.outcome();
        }
    }

    /** Changes the state as {@code action} asks. @throws RejectedException if a rule forbids it */
    protected abstract List<Event> apply(A action, Call call, WorldState state);
}
