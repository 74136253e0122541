package health.salus.contracts.network;

/** Why a certificate was revoked: reasons of RFC 5280 §5.3.1 that an end-entity certificate can have. */
public enum RevocationReason {
    UNSPECIFIED,
    KEY_COMPROMISE,
    AFFILIATION_CHANGED,
    SUPERSEDED,
    CESSATION_OF_OPERATION,
    PRIVILEGE_WITHDRAWN
}
