package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Sections of an International Patient Summary, in its order (HL7 IPS 2.0, "Structure of the IPS"). */
enum SummarySection {
    PROBLEMS("11450-4", "problems", true) {
        @Override
        boolean takes(JsonNode resource) {
            return is(resource, "Condition") && CURRENT.contains(clinicalStatus(resource));
        }
    },
    ALLERGIES("48765-2", "allergies", true) {
        @Override
        boolean takes(JsonNode resource) {
            return is(resource, "AllergyIntolerance");
        }
    },
    MEDICATIONS("10160-0", "medications", true) {
        @Override
        boolean takes(JsonNode resource) {
            return (is(resource, "MedicationStatement") || is(resource, "MedicationRequest"))
                    && TAKEN.contains(resource.path("status").asText());
        }
    },
    IMMUNIZATIONS("11369-6", "immunizations", false) {
        @Override
        boolean takes(JsonNode resource) {
            return is(resource, "Immunization");
        }
    },
    RESULTS("30954-2", "results", false) {
        @Override
        boolean takes(JsonNode resource) {
            return is(resource, "Observation") && category(resource).equals("laboratory");
        }
    },
    PROCEDURES("47519-4", "procedures", false) {
        @Override
        boolean takes(JsonNode resource) {
            return is(resource, "Procedure");
        }
    },
    VITAL_SIGNS("8716-3", "vital-signs", false) {
        @Override
        boolean takes(JsonNode resource) {
            return is(resource, "Observation") && category(resource).equals("vital-signs");
        }
    },
    PAST_ILLNESSES("11348-0", "past-illnesses", false) {
        @Override
        boolean takes(JsonNode resource) {
            return is(resource, "Condition") && !CURRENT.contains(clinicalStatus(resource));
        }
    };

    private static final Set<String> CURRENT = Set.of("", "active", "recurrence", "relapse");
    private static final Set<String> TAKEN = Set.of("active", "intended", "on-hold", "unknown");
    private static final Set<String> NOT_SO = Set.of("entered-in-error", "not-done", "refuted", "cancelled");

    private final String loinc;
    private final String key;
    private final boolean required;

    SummarySection(String loinc, String key, boolean required) {
        this.loinc = loinc;
        this.key = key;
        this.required = required;
    }

    /** Whether a record belongs here, given that it holds true. */
    abstract boolean takes(JsonNode resource);

    /** The section that a record belongs to; empty where it is in none. */
    static Optional<SummarySection> of(JsonNode resource) {
        boolean holds = !NOT_SO.contains(resource.path("status").asText())
                && !NOT_SO.contains(code(resource.path("verificationStatus")));
        return Arrays.stream(values())
                .filter(section -> holds && section.takes(resource))
                .findFirst();
    }

    /** LOINC code of the section. */
    String loinc() {
        return loinc;
    }

    /** Last part of the message keys {@code summary.section.…}. */
    String key() {
        return key;
    }

    /** Whether a summary has it even where nothing is known. */
    boolean isRequired() {
        return required;
    }

    private static boolean is(JsonNode resource, String type) {
        return resource.path("resourceType").asText().equals(type);
    }

    private static String clinicalStatus(JsonNode condition) {
        return code(condition.path("clinicalStatus"));
    }

    private static String category(JsonNode observation) {
        return code(observation.path("category").path(0));
    }

    private static String code(JsonNode concept) {
        return concept.path("coding").path(0).path("code").asText();
    }
}
