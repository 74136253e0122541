package health.salus.fhir.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;

/** The codings that BALP's profiles ask for. */
final class Codes {
    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    static final String SNOMED = "http://snomed.info/sct";
    static final String REST = "http://hl7.org/fhir/restful-interaction";
    static final String EVENT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    static final String RESOURCE_TYPE = "http://hl7.org/fhir/resource-types";
    static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    static final String ROLE_CLASS = "http://terminology.hl7.org/CodeSystem/v3-RoleClass";
    static final String LIFECYCLE = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
    static final String SECURITY_ROLE = "http://terminology.hl7.org/CodeSystem/extra-security-role-type";
    static final String PROVENANCE_ROLE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    static final String SOURCE_TYPE = "http://terminology.hl7.org/CodeSystem/security-source-type";
    static final String AUTHZ = "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType";

    private Codes() {}

    static ObjectNode coding(String system, String code) {
        return FhirJson.object().put("system", system).put("code", code);
    }

    static ObjectNode concept(String system, String code) {
        ObjectNode concept = FhirJson.object();
        concept.putArray("coding").add(coding(system, code));
        return concept;
    }
}
