package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.FhirSyntax;
import health.salus.fhir.canonical.OwnBases;
import java.util.Optional;

/** Reads which patient of this server a Reference names. Thread-safe. */
record PatientReferences(OwnBases bases) {
    private static final String LOCAL = "Patient/";
    private static final String VERSION = "/_history/";

    /**
     * The id of the patient that {@code reference} names; {@link Mentions#UNKNOWN_PATIENT} for a patient of another server,
     * or one given by an identifier or a search; empty for what is not about a patient.
     */
    Optional<String> patient(JsonNode reference) {
        JsonNode literal = reference.path("reference");
        if (literal.isTextual()) {
            String relative = bases.relative(literal.textValue());
            Optional<String> local = local(relative);
            if (local.isPresent()) {
                return local;
            }
            if (saysPatient(relative)) {
                return Optional.of(Mentions.UNKNOWN_PATIENT);
            }
        }
        boolean saysPatient = reference.path("type").asText().equals("Patient")
                && (reference.has("identifier") || literal.isTextual());
        return saysPatient ? Optional.of(Mentions.UNKNOWN_PATIENT) : Optional.empty();
    }

    /** The id in {@code Patient/<id>} or {@code Patient/<id>/_history/<version>}. */
    private static Optional<String> local(String relative) {
        if (!relative.startsWith(LOCAL)) {
            return Optional.empty();
        }
        int slash = relative.indexOf('/', LOCAL.length());
        String id = slash < 0 ? relative.substring(LOCAL.length()) : relative.substring(LOCAL.length(), slash);
        boolean whole = slash < 0
                || (relative.startsWith(VERSION, slash)
                        && FhirSyntax.isId(relative.substring(slash + VERSION.length())));
        return whole && FhirSyntax.isId(id) ? Optional.of(id) : Optional.empty();
    }

    /** Whether {@code Patient} is a whole segment of the path, or its end before a query. */
    private static boolean saysPatient(String relative) {
        for (int at = relative.indexOf("Patient"); at >= 0; at = relative.indexOf("Patient", at + 1)) {
            int end = at + "Patient".length();
            boolean begins = at == 0 || relative.charAt(at - 1) == '/';
            if (begins && (end == relative.length() || relative.charAt(end) == '/' || relative.charAt(end) == '?')) {
                return true;
            }
        }
        return false;
    }
}
