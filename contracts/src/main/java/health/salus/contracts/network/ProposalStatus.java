package health.salus.contracts.network;

/** What became of a proposal. */
public enum ProposalStatus {
    /** Can be voted on until it expires. */
    OPEN,
    /** Approved, and its change made. */
    ACCEPTED,
    /** Can no longer be approved by enough voters. */
    REJECTED,
    /** Approved, but by then its change broke a rule. */
    FAILED,
    /** Not decided in time. */
    EXPIRED,
    /** Taken back by the organization that made it. */
    WITHDRAWN
}
