package health.salus.fhir.seal;

/** What of a resource version a seal covers, each by a digest of its own, so that a difference can be named. */
public enum Part {
    /** Type, id and version. */
    IDENTITY,
    /** Everything but narrative and {@code meta}. */
    CONTENT,
    /** The security labels ({@code meta.security}). */
    LABELS,
    /** The root's narrative ({@code text}). */
    NARRATIVE
}
