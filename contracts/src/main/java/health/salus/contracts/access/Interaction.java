package health.salus.contracts.access;

/** Ways of reading (FHIR R4, RESTful API). */
public enum Interaction {
    /** Current version by id. */
    READ,
    /** A certain version by id. */
    VREAD,
    /** Versions over time. */
    HISTORY,
    /** Search, with what it includes. */
    SEARCH,
    /** {@code Patient/$everything}. */
    EVERYTHING
}
