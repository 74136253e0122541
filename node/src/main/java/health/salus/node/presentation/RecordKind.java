package health.salus.node.presentation;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a patient's records are grouped by: one resource type each, with the search parameter for when it was. */
public enum RecordKind {
    OBSERVATION("Observation", "date"),
    DIAGNOSTIC_REPORT("DiagnosticReport", "date"),
    CONDITION("Condition", "recorded-date"),
    MEDICATION_REQUEST("MedicationRequest", "authoredon"),
    MEDICATION_STATEMENT("MedicationStatement", "effective"),
    ALLERGY_INTOLERANCE("AllergyIntolerance", "date"),
    IMMUNIZATION("Immunization", "date"),
    PROCEDURE("Procedure", "date"),
    ENCOUNTER("Encounter", "date"),
    IMAGING_STUDY("ImagingStudy", "started"),
    DOCUMENT_REFERENCE("DocumentReference", "date");

    /** All types, as {@code _type} takes them. */
    public static final String ALL =
            Arrays.stream(values()).map(kind -> kind.type).collect(Collectors.joining(","));

    private final String type;
    private final String when;

    RecordKind(String type, String when) {
        this.type = type;
        this.when = when;
    }

    /** FHIR resource type. */
    public String type() {
        return type;
    }

    /** The kind of this resource type, if there is one. */
    public static Optional<RecordKind> of(String type) {
        return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
    }

    /**
     * The newest first, as a search at the FHIR door.
     *
     * @param before FHIR date that they are earlier than; empty for no limit
     */
    public String search(String handle, int count, String before) {
        String earlier = before.isEmpty() ? "" : "&" + when + "=lt" + before.replace("+", "%2B");
        return type + "?patient=" + handle + "&_sort=-" + when + "&_count=" + count + earlier;
    }
}
