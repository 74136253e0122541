package health.salus.ledger.contract;

import java.util.Set;

/** One version of the rules of one domain. Implementations are stateless, deterministic and thread-safe. */
public interface Contract {
    /** Name under which transactions call it and own part of the state: {@code [a-z][a-z0-9-]{0,31}}. */
    String name();

    /** Version, from 1; which one is in force at a height is itself state. */
    int version();

    /** The actions it knows; the engine rejects any other before calling. */
    Set<String> actions();

    /** Whether passkeys may sign its transactions; such a contract compares origin and counter with the key's registration. */
    default boolean takesPasskeys() {
        return false;
    }

    /**
     * Accepts or rejects the call; what was written to {@code state} counts only if it is accepted.
     *
     * @throws InvalidArgumentException where an argument is missing, unknown or malformed; rejected with its code
     */
    Outcome apply(Call call, WorldState state);
}
