package health.salus.identity;

/** What {@link CertificateChain#validate} found. */
public sealed interface PathValidation {
    /** The chain leads to the trust anchor, and the end-entity certificate is a member's. */
    record Valid(P256Certificate endEntity, Role role) implements PathValidation {}

    /** It must not be relied on, for the first reason that was met. */
    record Invalid(Reason reason) implements PathValidation {}

    /** Why a chain is refused, in the order in which the rules are checked. */
    enum Reason {
        /** The last certificate is not the trust anchor. */
        UNKNOWN_ANCHOR,
        /** Not exactly root, enrollment CA, end entity: a member is never certified by the root itself. */
        WRONG_LENGTH,
        /** The time is before a certificate's validity period. */
        NOT_YET_VALID,
        /** The time is after a certificate's validity period. */
        EXPIRED,
        /** A signature that is not ECDSA with SHA-256 and the lower s. */
        UNACCEPTABLE_SIGNATURE,
        /** An issuer's name that is not the next certificate's subject. */
        WRONG_ISSUER,
        /** A signature that the next certificate's key did not make. */
        WRONG_SIGNATURE,
        /** An issuer that may not certify (basic constraints, key usage), or an end entity that may. */
        NOT_AN_AUTHORITY,
        /** An end-entity key that may not sign (key usage). */
        WRONG_KEY_USAGE,
        /** A path that RFC 5280 §6.1 refuses for another reason: unknown critical extension, name constraint. */
        REFUSED_BY_RFC5280,
        /** Not exactly one organizational unit that is a role, or not the authority's organization. */
        NO_ROLE,
        /** An attribute extension that cannot be read. */
        DAMAGED_ATTRIBUTES
    }
}
