package health.salus.ledger.contract;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The contract code that a node has: any number of names, each in one or more versions. Immutable. */
public final class Contracts {
    private final Map<String, Map<Integer, Contract>> byName = new TreeMap<>();

    private Contracts(Collection<Contract> contracts) {
        for (Contract contract : contracts) {
            Contract same = byName.computeIfAbsent(contract.name(), name -> new TreeMap<>())
                    .putIfAbsent(contract.version(), contract);
            if (same != null) {
                throw new IllegalArgumentException(
                        "contract " + contract.name() + " has version " + contract.version() + " twice");
            }
        }
    }

    /** A registry of these. @throws IllegalArgumentException where two have the same name and version */
    public static Contracts of(Contract... contracts) {
        return new Contracts(List.of(contracts));
    }

    /** The code of {@code version} of the contract called {@code name}. */
    public Optional<Contract> find(String name, int version) {
        return Optional.ofNullable(byName.getOrDefault(name, Map.of()).get(version));
    }
}
