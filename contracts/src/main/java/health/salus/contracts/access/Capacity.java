package health.salus.contracts.access;

/** In which capacity the holder of a key acts for a patient. */
public enum Capacity {
    /** The patient. */
    PATIENT,
    /** A guardian whom the patient appointed, for a child or for times without capacity. */
    GUARDIAN,
    /** A proxy whom the patient appointed. */
    PROXY,
    /** A substitute appointed by a court. */
    COURT
}
