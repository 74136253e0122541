package health.salus.node.staff;

import health.salus.contracts.access.Scope;
import health.salus.contracts.rule.Codes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is asked for most often; each asks for as little as it is meant for. */
enum ScopePreset {
    /** What a new doctor wants to know. */
    OVERVIEW(
            "Patient",
            "Condition",
            "AllergyIntolerance",
            "MedicationRequest",
            "Immunization",
            "Procedure",
            "Encounter"),
    /** Laboratory results. */
    LABORATORY("Patient", "Observation:laboratory"),
    /** Prescriptions, and what the patient doesn't bear. */
    MEDICATION("Patient", "MedicationRequest", "AllergyIntolerance"),
    /** Images with their reports. */
    IMAGING("Patient", "ImagingStudy", "DiagnosticReport"),
    /** All that isn't specially protected. */
    EVERYTHING(Scope.EVERY_TYPE);

    private final String types;

    /** @param types each as {@code Type}, or {@code Type:category} */
    ScopePreset(String... types) {
        this.types = String.join(" ", types);
    }

    /** Part of message keys, and what a form says. */
    String code() {
        return Codes.code(this);
    }

    /** Resource types, each with the categories that it is restricted to. */
    SortedMap<String, SortedSet<String>> types() {
        SortedMap<String, SortedSet<String>> made = new TreeMap<>();
        for (String type : types.split(" ", -1)) {
            List<String> parts = List.of(type.split(":", 2));
            made.put(parts.getFirst(), new TreeSet<>(parts.subList(1, parts.size())));
        }
        return made;
    }

    static List<String> codes() {
        return Arrays.stream(values()).map(ScopePreset::code).toList();
    }

    static Optional<ScopePreset> of(String code) {
        return Arrays.stream(values())
                .filter(preset -> preset.code().equals(code))
                .findFirst();
    }
}
