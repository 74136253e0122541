package health.salus.contracts.access;

/** Why a record is opened without the patient's leave. */
public enum EmergencyReason {
    /** The patient's life or health is in acute danger. */
    ACUTE_DANGER,
    /** The patient cannot be asked, and treatment cannot wait. */
    UNABLE_TO_CONSENT,
    /** Others are in acute danger. */
    DANGER_TO_OTHERS
}
