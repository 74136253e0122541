package health.salus.contracts.network;

/** Who decides for a network; its genesis says so once and for all. */
public enum Governance {
    /** The organization that founded it, alone: a private network. */
    FOUNDER,
    /** All active organizations, one vote each: a consortium. */
    MEMBERS
}
