package health.salus.contracts.access;

import health.salus.contracts.rule.Codes;

/** Why reading is refused; {@code docs/rejection-codes.md} lists the codes with these meanings. */
public enum DenialReason {
    UNKNOWN_CERTIFICATE("There is no such certificate."),
    CERTIFICATE_NOT_YET_VALID("The certificate's validity has not begun."),
    CERTIFICATE_EXPIRED("The certificate's validity is over."),
    CERTIFICATE_REVOKED("The certificate was revoked."),
    CERTIFICATE_SUSPENDED("The certificate is suspended."),
    ORGANIZATION_SUSPENDED("The certificate's organization is suspended."),
    ORGANIZATION_REMOVED("The certificate's organization is no longer a member."),
    CUSTODIAN_SUSPENDED("The organization that keeps the records is suspended, or no longer a member."),
    UNKNOWN_GRANT("There is no grant with this id."),
    OTHER_REQUESTER("The grant or emergency access belongs to another."),
    GRANT_PENDING("The patient has not decided yet."),
    GRANT_DENIED("The patient refused."),
    GRANT_REVOKED("The patient took the grant back."),
    GRANT_WITHDRAWN("The requester gave the grant up."),
    GRANT_NOT_YET_VALID("The grant's period has not begun."),
    GRANT_EXPIRED("The grant's period is over."),
    TERMS_MISMATCH("These are not the terms that the grant was approved with."),
    UNKNOWN_EMERGENCY("There is no emergency access with this id."),
    EMERGENCY_OVER("The emergency access is over, or the custodian objected."),
    UNKNOWN_PATIENT("There is no patient with this handle."),
    NOT_CUSTODIAN("Another organization keeps this patient's records."),
    PURPOSE_NOT_COVERED("Staff with these attributes need a grant for this purpose of use."),
    KEY_NOT_IN_FORCE("The key does not act for this patient now."),
    OUTSIDE_SCOPE("What was asked for is not there, or not among what may be read.");

    private final String meaning;

    DenialReason(String meaning) {
        this.meaning = meaning;
    }

    /** {@code [a-z-]+}, for example {@code grant-pending}. */
    public String code() {
        return Codes.code(this);
    }

    /** What it means, safe to show. */
    public String meaning() {
        return meaning;
    }
}
