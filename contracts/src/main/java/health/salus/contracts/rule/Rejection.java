package health.salus.contracts.rule;

import java.util.function.Supplier;

/**
 * Why a contract rejects a transaction. The codes go into block headers and stay; {@code docs/rejection-codes.md} lists
 * them with these meanings.
 */
public enum Rejection implements Supplier<RejectedException> {
    NOT_AUTHORIZED("The signer may not do this, or its certificate is not in force."),
    INVALID_PERIOD("The period is empty, over, begun too long ago, or too long."),
    WRONG_STATUS("What it applies to is not in a status that allows it."),
    TOO_LATE("The height or time from which it should hold has passed."),
    KEY_IN_USE("The key belongs to a certificate, a CA, a person or another organization's node already."),
    UNKNOWN_KEY("There is no such key, or it is not this organization's or patient's."),
    LAST_KEY("It is the last key; there would be none left."),
    TOO_MANY_KEYS("There are as many keys as allowed already."),

    ORGANIZATION_EXISTS("There is an organization with this id already."),
    UNKNOWN_ORGANIZATION("There is no organization with this id."),
    UNKNOWN_CERTIFICATE("There is no such certificate of this organization."),
    FOUNDER_STAYS("The founder decides alone, so nothing that concerns it can be put to the vote."),
    VERSION_NOT_NEWER("A version as high, or an activation as late, exists already."),
    UNKNOWN_PROPOSAL("There is no proposal with this id."),
    PROPOSAL_EXPIRED("The proposal was not decided in time."),
    VOTED_ALREADY("The signer's organization has voted on the proposal already."),
    ABSTAINS("The proposal concerns the signer's organization, which therefore has no vote on it."),
    TOO_FEW_VOTERS("Without the one concerned there are too few voters to decide this."),
    TOO_MANY_PROPOSALS("There are as many open proposals as allowed already, in all or of the signer's organization."),
    UNSAFE_QUORUM("Fewer cosignatures than are safe, or more than there are nodes."),
    TOO_MANY_NODES("There are as many nodes as allowed already."),
    NO_NODE("The organization runs no node."),

    PATIENT_EXISTS("There is a patient with this handle already."),
    UNKNOWN_PATIENT("There is no patient with this handle."),
    GRANT_EXISTS("There is a grant with this id already."),
    UNKNOWN_GRANT("There is no grant with this id."),
    GRANT_EXPIRED("The grant's period is over; it can only be moved to expired."),
    TERMS_MISMATCH("The signer approves other terms than were asked."),
    NOT_YET_OVER("The grant's period is not over yet."),
    EMERGENCY_EXISTS("There is an emergency access with this id already."),
    UNKNOWN_EMERGENCY("There is no emergency access with this id."),
    TOO_LONG("Emergency access is for 24 hours at most."),
    TOO_SOON(
            "A substitute by court order begins 72 hours after the entry at the earliest, so that the patient can object."),
    JUSTIFICATION_OVERDUE("The signer owes the justification of an earlier emergency access."),
    TOO_MANY_EMERGENCIES("The signer owes as many justifications as allowed already."),
    NOT_JUSTIFIED("There is no justification yet that could be accepted."),
    OWN_EMERGENCY("Nobody reviews their own emergency access."),

    WRONG_KIND_OF_KEY("A passkey signs as passkeys do, and another key does not."),
    WRONG_ORIGIN("The passkey signed for another page than the one that it is registered for."),
    PASSKEY_COPIED("The passkey's signature counter did not go up; perhaps there is a copy of the passkey."),
    NO_GUARDIANS("The patient has named nobody who could replace a lost key."),
    UNKNOWN_ROTATION("There is no such proposal to replace the patient's keys, or it is over."),
    ROTATION_NOT_DUE("Too few guardians support the new key, or the patient's time to object is not over yet."),

    HEAD_GOES_BACK("The head is of fewer entries than the anchored one."),
    HEAD_UNCHANGED("The head is anchored already."),
    EQUIVOCATION("The head has the size of the anchored one and another root."),
    INCONSISTENT_HEAD("The proof does not show that the head extends the anchored one."),
    LOCATED_ALREADY("The patient's records are located already; relocate them."),
    NOT_LOCATED("The patient's records are not located yet."),
    WRONG_LOCATION("The URL is not that of the patient at the gateway of its custodian."),
    ERASED_ALREADY("The erasure is on the ledger already.");

    private final String code;
    private final String meaning;

    Rejection(String meaning) {
        this.code = Codes.code(this);
        this.meaning = meaning;
    }

    /** The code in the block header, {@code [a-z][a-z-]*}. */
    public String code() {
        return code;
    }

    /** What it means, safe to show. */
    public String meaning() {
        return meaning;
    }

    /** An exception that rejects the call for this reason. */
    @Override
    public RejectedException get() {
        return new RejectedException(this);
    }

    /** Rejects the call if {@code broken}. */
    public void when(boolean broken) {
        if (broken) {
            throw get();
        }
    }

    /** Rejects the call unless {@code kept}. */
    public void unless(boolean kept) {
        when(!kept);
    }
}
