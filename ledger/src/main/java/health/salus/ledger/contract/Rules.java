package health.salus.ledger.contract;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that decides what a log means, apart from the log: two nodes with the same rules and the same log have the
 * same world state.
 *
 * @param contracts the code, in all versions that were ever in force
 * @param versions which of them is in force
 * @param keys who may sign
 * @param genesis what the network begins with
 */
public record Rules(Contracts contracts, ContractVersions versions, KeyDirectory keys, GenesisRule genesis) {
    /**
     * The code for calls to {@code contract} in the block at {@code height}; empty where the network has not activated
     * it.
     *
     * @param before the state before that block
     * @throws MissingContractException where the network runs a version that this node does not have
     */
    public Optional<Contract> inForce(StateView before, String contract, long height) {
        OptionalInt version = versions.inForce(before, contract, height);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        Optional<Contract> code = contracts.find(contract, version.getAsInt());
        if (code.isEmpty()) {
            throw new MissingContractException(contract, version.getAsInt(), height);
        }
        return code;
    }
}
