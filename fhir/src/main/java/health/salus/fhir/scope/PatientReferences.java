package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.canonical.OwnBases;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which patient of this server a Reference names. Thread-safe. */
record PatientReferences(OwnBases bases) {
    private static final Pattern LOCAL =
            Pattern.compile("Patient/([A-Za-z0-9.-]{1,64})(/_history/[A-Za-z0-9.-]{1,64})?");
    private static final Pattern SOME_PATIENT = Pattern.compile("(.*/)?Patient([/?].*)?");

    /**
     * The id of the patient that {@code reference} names; {@link Mentions#UNKNOWN_PATIENT} for a patient of another server,
     * or one given by an identifier or a search; empty for what is not about a patient.
     */
    Optional<String> patient(JsonNode reference) {
        JsonNode literal = reference.path("reference");
        if (literal.isTextual()) {
            String relative = bases.relative(literal.textValue());
            Matcher local = LOCAL.matcher(relative);
            if (local.matches()) {
                return Optional.of(local.group(1));
            }
            if (SOME_PATIENT.matcher(relative).matches()) {
                return Optional.of(Mentions.UNKNOWN_PATIENT);
            }
        }
        boolean saysPatient = reference.path("type").asText().equals("Patient")
                && (reference.has("identifier") || literal.isTextual());
        return saysPatient ? Optional.of(Mentions.UNKNOWN_PATIENT) : Optional.empty();
    }
}
