package health.salus.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A search for what a patient has of several types, the newest first: {@code GET [base]?_type=…&patient=…}, with
 * {@code _count}, and {@code _sort=-date} for whoever wants to name the only order.
 *
 * @param patient the handle or id that the search names
 * @param types each of {@link #WHEN}
 * @param count entries per page
 */
record TypesSearch(String patient, List<String> types, int count) {
    /** Types that can be searched together, with the search parameter that says when it was. */
    private static final Map<String, String> WHEN = Map.ofEntries(
            Map.entry("AllergyIntolerance", "date"),
            Map.entry("Condition", "recorded-date"),
            Map.entry("DiagnosticReport", "date"),
            Map.entry("DocumentReference", "date"),
            Map.entry("Encounter", "date"),
            Map.entry("ImagingStudy", "started"),
            Map.entry("Immunization", "date"),
            Map.entry("MedicationRequest", "authoredon"),
            Map.entry("MedicationStatement", "effective"),
            Map.entry("Observation", "date"),
            Map.entry("Procedure", "date"));

    private static final int USUAL_PER_PAGE = 50;
    private static final Set<String> ABOUT_FORM = Set.of("_format", "_pretty", "_total");

    TypesSearch {
        types = List.copyOf(types);
    }

    /** Reads a search. @throws FhirProblem where it names no patient, no type, an unknown one, or asks for more */
    static TypesSearch of(List<Parameter> parameters) {
        String patient = "";
        List<String> types = new ArrayList<>();
        int count = USUAL_PER_PAGE;
        for (Parameter parameter : parameters) {
            switch (parameter.name()) {
                case "_type" -> types.addAll(List.of(parameter.value().split(",", -1)));
                case "patient" -> patient = once(patient, ConfinedSearch.patientOf(parameter.value()));
                case "_count" -> count = ConfinedSearch.count(parameter.value());
                default -> requireNothingMore(parameter);
            }
        }
        if (patient.isEmpty() || types.isEmpty()) {
            throw FhirProblem.unsupported("searching all types is not offered: name a patient and _type");
        }
        if (!WHEN.keySet().containsAll(types)
                || types.size() > Set.copyOf(types).size()) {
            throw FhirProblem.unsupported("these types are not searched together");
        }
        return new TypesSearch(patient, types, count);
    }

    private static String once(String before, String patient) {
        if (!before.isEmpty()) {
            throw FhirProblem.unsupported("name one patient once");
        }
        return patient;
    }

    private static void requireNothingMore(Parameter parameter) {
        boolean known = ABOUT_FORM.contains(parameter.name())
                || (parameter.name().equals("_sort") && parameter.value().equals("-date"));
        if (!known) {
            throw FhirProblem.unsupported("a search of several types takes patient, _type, _count and _sort=-date");
        }
    }

    /**
     * Where the searches of the single types begin.
     *
     * @param id of the patient on the server behind
     * @param byOffset whether they go on by number instead of by a list that the server keeps; what is deleted between two pages
     *     then moves the rest up
     */
    List<Pages.Position> begin(String id, boolean byOffset) {
        int each = Math.max(1, types.size() == 1 ? count : count / 2);
        return types.stream()
                .map(type -> {
                    List<Parameter> search = new ArrayList<>(List.of(
                            new Parameter("patient", "Patient/" + id),
                            new Parameter("_sort", "-" + WHEN.get(type)),
                            new Parameter("_count", Integer.toString(each))));
                    if (byOffset) {
                        search.add(new Parameter("_offset", "0"));
                    }
                    return new Pages.Position(type + "?" + Parameter.query(search), 0);
                })
                .toList();
    }
}
