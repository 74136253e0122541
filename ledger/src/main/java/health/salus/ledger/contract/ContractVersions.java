package health.salus.ledger.contract;

import java.util.OptionalInt;

/**
 * Says which version of a contract is in force; this is state like any other, so that a replay runs the code that was
 * in force then. Implementations are stateless, deterministic and thread-safe, and fast: they are asked once for every
 * contract that a block calls.
 */
@FunctionalInterface
public interface ContractVersions {
    /**
     * The version of {@code contract} for the transactions of one block; empty where the network has not activated it.
     *
     * @param state the world state before that block, which may hold activations at later heights
     * @param height height of that block, from 1
     */
    OptionalInt inForce(StateView state, String contract, long height);
}
