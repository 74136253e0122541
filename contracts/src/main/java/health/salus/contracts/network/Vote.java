package health.salus.contracts.network;

/** What an organization says to a proposal. */
public enum Vote {
    APPROVE,
    REJECT
}
