package health.salus.contracts.network;

/** Where an organization, a certificate or a CA key stands, apart from time. */
public enum Status {
    /** In use. */
    ACTIVE,
    /** Not in use for now. */
    SUSPENDED,
    /** Of a certificate or a CA key: never to be used again. */
    REVOKED,
    /** Of an organization: no longer a member, for ever. */
    REMOVED
}
