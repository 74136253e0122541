package health.salus.ledger.contract;

import java.util.regex.Pattern;

/**
 * Names one value of the world state.
 *
 * @param contract the contract that owns it, and alone may write it
 * @param path 1 to 160 of {@code A-Z a-z 0-9 . _ / -}, for example {@code grant/Zm9v}
 */
public record StateKey(String contract, String path) implements Comparable<StateKey> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._/-]{1,160}");

    public StateKey {
        if (!NAME.matcher(contract).matches() || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "malformed state key (expected: contract name and path of " + "1 to 160 of A-Z a-z 0-9 . _ / -)");
        }
    }

    @Override
    public int compareTo(StateKey other) {
        int byContract = contract.compareTo(other.contract);
        return byContract != 0 ? byContract : path.compareTo(other.path);
    }

    /** {@code contract/path} */
    @Override
    public String toString() {
        return contract + "/" + path;
    }
}
