package health.salus.node.gateway;

import health.salus.fhir.FhirSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A search by somebody outside the organization, confined to one patient: what may be passed on of it.
 *
 * <p>Only plain parameters of the searched type are. A parameter that looks into other resources (chains, {@code _has},
 * {@code _filter}, …) would answer questions about resources outside the grant by which results appear, and one that
 * cuts resources ({@code _elements}, {@code _summary}) would make them unverifiable; both are refused. {@code _total} is
 * dropped: a total is never given.
 *
 * @param type what is searched
 * @param patient the handle or id that the search names
 * @param patientParameter the parameter that named it
 * @param others what else is passed on, in order
 * @param count entries per page, 0 to {@value #MOST_PER_PAGE}
 */
record ConfinedSearch(String type, String patient, String patientParameter, List<Parameter> others, int count) {
    static final int MOST_PER_PAGE = 200;
    private static final int USUAL_PER_PAGE = 50;

    private static final Set<String> NAMING_A_PATIENT = Set.of("patient", "subject", "beneficiary");
    private static final Set<String> COMMON =
            Set.of("_id", "_lastUpdated", "_tag", "_profile", "_security", "_language");
    private static final Set<String> MODIFIERS = Set.of(
            "",
            "exact",
            "contains",
            "not",
            "missing",
            "text",
            "in",
            "not-in",
            "above",
            "below",
            "of-type",
            "identifier");
    private static final Set<String> ABOUT_FORM = Set.of("_format", "_pretty", "_total");
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern SORT = Pattern.compile("-?[a-z_][A-Za-z0-9-]{0,63}(,-?[a-z_][A-Za-z0-9-]{0,63}){0,9}");
    private static final Pattern INCLUDE =
            Pattern.compile("[A-Z][A-Za-z]{1,63}:([a-z][a-z0-9-]{0,63}|\\*)(:[A-Z][A-Za-z]{1,63})?");

    ConfinedSearch {
        others = List.copyOf(others);
    }

    /** Reads a search. @throws FhirProblem where it names no patient, several, or uses what is refused */
    static ConfinedSearch of(String type, List<Parameter> parameters) {
        Parameter patient = null;
        int count = USUAL_PER_PAGE;
        List<Parameter> others = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (namesPatient(type, parameter)) {
                if (patient != null) {
                    throw FhirProblem.unsupported("name one patient once");
                }
                patient = parameter;
            } else if (parameter.name().equals("_count")) {
                count = count(parameter.value());
            } else {
                passedOn(parameter).ifPresent(others::add);
            }
        }
        if (patient == null) {
            throw FhirProblem.unsupported(
                    "name the patient: Patient?_id=<handle>, or patient=<handle> or subject=Patient/<handle> with other types");
        }
        return new ConfinedSearch(type, patientOf(patient.value()), patient.plainName(), others, count);
    }

    private static boolean namesPatient(String type, Parameter parameter) {
        if (type.equals("Patient")) {
            return parameter.name().equals("_id");
        }
        return NAMING_A_PATIENT.contains(parameter.plainName())
                && (parameter.modifier().isEmpty() || parameter.modifier().equals("Patient"));
    }

    /** The handle or id in {@code value}. @throws FhirProblem where it is none */
    static String patientOf(String value) {
        String id = value.startsWith("Patient/") ? value.substring("Patient/".length()) : value;
        if (!FhirSyntax.isId(id)) { // also no list: "a,b" would be two patients
            throw FhirProblem.unsupported("name one patient by its handle");
        }
        return id;
    }

    private static Optional<Parameter> passedOn(Parameter parameter) {
        String name = parameter.plainName();
        if (ABOUT_FORM.contains(name)
                || (name.equals("_summary") && parameter.value().equals("false"))) {
            return Optional.empty();
        }
        boolean allowed = switch (name) {
            case "_sort" -> SORT.matcher(parameter.value()).matches();
            case "_include", "_revinclude" ->
                Set.of("", "iterate").contains(parameter.modifier())
                        && INCLUDE.matcher(parameter.value()).matches();
            default ->
                (COMMON.contains(name) || (PLAIN.matcher(name).matches() && !NAMING_A_PATIENT.contains(name)))
                        && (MODIFIERS.contains(parameter.modifier()) || FhirSyntax.isType(parameter.modifier()));
        };
        if (!allowed) {
            throw FhirProblem.unsupported("a parameter of this search is not offered outside the organization");
        }
        return Optional.of(parameter);
    }

    /** Reads {@code _count}, at most {@value #MOST_PER_PAGE}. */
    static int count(String value) {
        if (!value.matches("[0-9]{1,6}")) {
            throw FhirProblem.invalid("_count: expected a number");
        }
        return Math.min(Integer.parseInt(value), MOST_PER_PAGE);
    }
}
