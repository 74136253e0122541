package health.salus.contracts;

import health.salus.contracts.access.AccessContract;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.NetworkContract;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.contracts.records.RecordsContract;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Contracts;
import health.salus.ledger.contract.Rules;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules of a health network as a ledger runs them. */
public final class NetworkRules {
    private static final List<Contract> CONTRACTS = List.of(
            new NetworkContract(),
            AccessContract.FIRST,
            AccessContract.SECOND,
            AccessContract.THIRD,
            new RecordsContract());

    private NetworkRules() {}

    /** All contracts in all versions, who may sign, and how a network begins. */
    public static Rules rules() {
        return new Rules(
                Contracts.of(CONTRACTS.toArray(Contract[]::new)),
                (state, contract, height) -> new Members(state).contractVersion(contract, height),
                new NetworkKeys(),
                new NetworkGenesis());
    }

    /** Every contract in its latest version, for a new network's genesis. */
    public static SortedMap<String, Integer> latest() {
        SortedMap<String, Integer> latest = new TreeMap<>();
        CONTRACTS.forEach(contract -> latest.merge(contract.name(), contract.version(), Math::max));
        return latest;
    }
}
