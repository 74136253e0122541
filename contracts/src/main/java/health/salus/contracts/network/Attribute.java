package health.salus.contracts.network;

/** What the organization vouches for about the holder of a certificate; a closed list, so that none can name anyone. */
public enum Attribute {
    /** Treats patients; may open a record in an emergency. */
    CLINICIAN,
    /** Nurses patients. */
    NURSE,
    /** Is on emergency duty; may open a record in an emergency. */
    EMERGENCY,
    /** Keeps the register of patients and of court orders. */
    REGISTRAR,
    /** Is the organization's FHIR gateway; registers patients, locates records, anchors the record log. */
    GATEWAY,
    /** Does research. */
    RESEARCHER,
    /** Reviews emergency access. */
    AUDITOR,
    /** Is a device. */
    DEVICE
}
