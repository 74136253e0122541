package health.salus.ledger.contract;

/**
 * Names one value of the world state.
 *
 * @param contract the contract that owns it, and alone may write it
 * @param path 1 to 160 of {@code A-Z a-z 0-9 . _ / -}, for example {@code grant/Zm9v}
 */
public record StateKey(String contract, String path) implements Comparable<StateKey> {
    public StateKey {
        if (!Syntax.isName(contract, 1, 32) || !Syntax.isPath(path)) {
            throw new IllegalArgumentException(
                    "malformed state key (expected: contract name and path of " + "1 to 160 of A-Z a-z 0-9 . _ / -)");
        }
    }

    @Override
    public int compareTo(StateKey other) {
        int byContract = contract.compareTo(other.contract);
        return byContract != 0 ? byContract : path.compareTo(other.path);
    }

    // written out: a record's own go through method handles, and every look-up calls both

    @Override
    public boolean equals(Object other) {
        return other instanceof StateKey that && path.equals(that.path) && contract.equals(that.contract);
    }

    @Override
    public int hashCode() {
        return 31 * contract.hashCode() + path.hashCode();
    }

    /** {@code contract/path} */
    @Override
    public String toString() {
        return contract + "/" + path;
    }
}
