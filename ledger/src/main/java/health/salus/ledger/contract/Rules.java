package health.salus.ledger.contract;

/**
 * Everything that decides what a log means, apart from the log: two nodes with the same rules and the same log have the
 * same world state.
 *
 * @param contracts the code, in all versions that were ever in force
 * @param versions which of them is in force
 * @param keys who may sign
 * @param genesis what the network begins with
 */
public record Rules(Contracts contracts, ContractVersions versions, KeyDirectory keys, GenesisRule genesis) {}
