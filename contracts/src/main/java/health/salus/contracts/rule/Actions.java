package health.salus.contracts.rule;

import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.Call;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The closed schema of one contract: its actions, and how each reads its arguments. Immutable.
 *
 * @param <A> the contract's sealed type of actions
 */
public final class Actions<A extends Action> {
    private final Map<String, Function<Arguments, ? extends A>> readers;
    private final Map<Class<?>, String> names;

    private Actions(Map<String, Function<Arguments, ? extends A>> readers, Map<Class<?>, String> names) {
        this.readers = readers;
        this.names = names;
    }

    /** A schema without actions. */
    public static <A extends Action> Actions<A> none() {
        return new Actions<>(new TreeMap<>(), new HashMap<>());
    }

    /** This schema and one more action. */
    public <T extends A> Actions<A> with(String name, Class<T> type, Function<Arguments, T> reader) {
        Map<String, Function<Arguments, ? extends A>> moreReaders = new TreeMap<>(readers);
        Map<Class<?>, String> moreNames = new HashMap<>(names);
        moreReaders.put(name, reader);
        moreNames.put(type, name);
        return new Actions<>(moreReaders, moreNames);
    }

    /** The names of all actions. */
    public Set<String> names() {
        return Collections.unmodifiableSet(readers.keySet());
    }

    /** The name of this action. */
    public String nameOf(A action) {
        String name = names.get(action.getClass());
        if (name == null) {
            throw new IllegalArgumentException("action that is not in the schema: " + action.getClass());
        }
        return name;
    }

    /**
     * Reads the arguments of {@code call}.
     *
     * @throws health.salus.ledger.contract.InvalidArgumentException where they don't fit, or there are others
     */
    public A read(Call call) {
        Function<Arguments, ? extends A> reader = readers.get(call.action());
        if (reader == null) {
            throw new IllegalArgumentException("action that the engine had to refuse");
        }
        Arguments arguments = Arguments.of(call.arguments());
        A action = reader.apply(arguments);
        arguments.end();
        return action;
    }
}
