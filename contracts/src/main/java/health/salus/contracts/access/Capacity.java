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
    COURT,
    /** One of those who together can replace the patient's keys, and can do nothing else. */
    RECOVERY_GUARDIAN;

    /** Whether the holder decides about the patient's records and reads them. */
    public boolean actsForPatient() {
        return this != RECOVERY_GUARDIAN;
    }
}
