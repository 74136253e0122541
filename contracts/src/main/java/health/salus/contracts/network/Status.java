package health.salus.contracts.network;

/** Where an organization, a certificate or a CA key stands, apart from time. */
public enum Status {
    /** In use. */
    ACTIVE,
    /** Not in use for now. */
    SUSPENDED,
    /** Never to be used again. */
    REVOKED
}
