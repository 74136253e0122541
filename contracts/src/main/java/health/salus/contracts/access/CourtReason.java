package health.salus.contracts.access;

/** Why a court appointed a substitute. */
public enum CourtReason {
    MINOR,
    INCAPACITY,
    DECEASED
}
