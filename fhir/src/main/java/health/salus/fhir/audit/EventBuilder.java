package health.salus.fhir.audit;

import static health.salus.fhir.audit.Codes.coding;
import static health.salus.fhir.audit.Codes.concept;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** Puts one AuditEvent together, in the element order of FHIR R4. For one use by one thread. */
final class EventBuilder {
    private final ObjectNode event = FhirJson.object();
    private final ArrayNode agents;
    private final ArrayNode entities;

    EventBuilder(Request request, Optional<String> profile, ObjectNode type, ObjectNode subtype, String action) {
        event.put("resourceType", "AuditEvent").put("id", request.id());
        ObjectNode meta = event.putObject("meta").put("versionId", "1");
        profile.ifPresent(name -> meta.putArray("profile")
                .add("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit." + name));
        event.set("type", type);
        event.putArray("subtype").add(subtype);
        event.put("action", action);
        event.put("recorded", request.time().truncatedTo(ChronoUnit.MILLIS).toString());
        agents = FhirJson.object().arrayNode();
        entities = agents.arrayNode();
    }

    EventBuilder subtype(ObjectNode coding) {
        event.withArray("subtype").add(coding);
        return this;
    }

    EventBuilder outcome(String code, String description) {
        event.put("outcome", code).put("outcomeDesc", description);
        return this;
    }

    EventBuilder purpose(String code) {
        event.withArray("purposeOfEvent").add(concept(Codes.ACT_REASON, code));
        return this;
    }

    /** An agent that has a place in the network. */
    EventBuilder machine(ObjectNode type, ObjectNode who, String address, String addressType) {
        ObjectNode agent = agent(type, who, false);
        agent.putObject("network").put("address", address).put("type", addressType);
        return this;
    }

    /** An agent that is a person or an organization. */
    ObjectNode agent(ObjectNode type, ObjectNode who, boolean requestor) {
        ObjectNode agent = agents.addObject();
        agent.set("type", type);
        agent.set("who", who);
        return agent.put("requestor", requestor);
    }

    /** Who wrote this event: an application server, or the security server that decided. */
    EventBuilder source(Custodian custodian, String type) {
        ObjectNode source = FhirJson.object().put("site", custodian.gateway().toString());
        source.set("observer", Identifiers.organization(custodian.organization()));
        source.putArray("type").add(coding(Codes.SOURCE_TYPE, type));
        event.set("source", source);
        return this;
    }

    EventBuilder patient(String handle) {
        ObjectNode entity = entities.addObject();
        entity.set("what", Identifiers.patient(handle));
        entity.set("type", coding(Codes.ENTITY_TYPE, "1"));
        entity.set("role", coding(Codes.OBJECT_ROLE, "1"));
        return this;
    }

    EventBuilder grant(String handle) {
        ObjectNode entity = entities.addObject();
        entity.set("what", Identifiers.reference(Identifiers.GRANT, handle).put("type", "Consent"));
        entity.set("type", coding(Codes.RESOURCE_TYPE, "Consent"));
        return this;
    }

    EventBuilder emergency(String handle, String reason) {
        ObjectNode entity = entities.addObject();
        entity.set("what", Identifiers.reference(Identifiers.EMERGENCY, handle));
        entity.set("type", coding(Codes.ENTITY_TYPE, "4"));
        entity.putArray("detail").addObject().put("type", "emergency-reason").put("valueString", reason);
        return this;
    }

    EventBuilder data(ResourceVersion version) {
        ObjectNode entity = entities.addObject();
        entity.putObject("what").put("reference", version.toString());
        entity.set("type", coding(Codes.ENTITY_TYPE, "2"));
        entity.set("role", coding(Codes.OBJECT_ROLE, "4"));
        return this;
    }

    /** The request as received, in base64: it may be malformed or hostile. */
    EventBuilder query(String line) {
        ObjectNode entity = entities.addObject();
        entity.set("type", coding(Codes.ENTITY_TYPE, "2"));
        entity.set("role", coding(Codes.OBJECT_ROLE, "24"));
        entity.put("query", Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    ObjectNode build() {
        ObjectNode result = FhirJson.object();
        event.properties().forEach(member -> {
            if (member.getKey().equals("source")) {
                result.set("agent", agents);
            }
            result.set(member.getKey(), member.getValue());
        });
        if (!entities.isEmpty()) {
            result.set("entity", entities);
        }
        return result;
    }
}
