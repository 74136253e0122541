package health.salus.contracts.network;

/** Whether a certificate may be used at a certain time, and if not, why. */
public enum Standing {
    IN_FORCE,
    NOT_YET_VALID,
    EXPIRED,
    SUSPENDED,
    REVOKED,
    ORGANIZATION_SUSPENDED,
    ORGANIZATION_REMOVED
}
