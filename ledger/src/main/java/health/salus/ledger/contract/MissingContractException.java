package health.salus.ledger.contract;

/** The network runs a contract version that this node does not have; going on would end in another state. */
public final class MissingContractException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingContractException(String contract, int version, long height) {
        super("contract " + contract + " version " + version + " is in force at height " + height
                + " and not part of this software; upgrade it, nothing is lost");
    }
}
