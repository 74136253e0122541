package health.salus.contracts.access;

/** What the custodian's auditor thinks of an emergency access. */
public enum Finding {
    /** It was justified. */
    ACCEPTED,
    /** It was not; where it still lasts, it ends. */
    OBJECTED
}
