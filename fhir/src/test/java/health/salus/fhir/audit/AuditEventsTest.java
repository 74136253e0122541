package health.salus.fhir.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessDecision.Basis;
import health.salus.contracts.access.Capacity;
import health.salus.contracts.access.DenialReason;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.fhir.FhirJson;
import health.salus.fhir.R4Validator;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.Canonicalization;
import health.salus.identity.Handle;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The required elements are those of BALP 1.1.3's profiles. */
class AuditEventsTest {
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Handle PATIENT = Handle.random();
    private static final Handle GRANT = Handle.random();
    private static final ResourceVersion VERSION = new ResourceVersion("Observation", "17", "2");
    private static final Requester CLINIC = new Requester(Optional.of("clinic"), "k".repeat(43), "192.0.2.7");
    private static final Request SEARCH = new Request(
            "e1",
            Instant.parse("2026-01-01T00:00:00.123456Z"),
            "search-type",
            "GET Observation?patient=" + PATIENT,
            CLINIC);
    private static final AuditEvents EVENTS =
            new AuditEvents(new Custodian("hospital", URI.create("https://hospital.example/fhir")));
    private static final Terms TERMS = Terms.of(PurposeOfUse.TREAT, Scope.of("Observation"), RANDOM);

    static List<Basis> bases() {
        return List.of(
                new Basis.UnderGrant(GRANT, TERMS),
                new Basis.InEmergency(GRANT, EmergencyReason.ACUTE_DANGER),
                new Basis.ByCustodian("hospital", PurposeOfUse.HOPERAT),
                new Basis.ByPerson(Capacity.PATIENT));
    }

    @ParameterizedTest
    @MethodSource("bases")
    void a_disclosure_has_what_the_profile_of_its_source_requires(Basis basis) {
        AuditEvent event = parsed(EVENTS.disclosure(SEARCH, PATIENT, basis, List.of(VERSION)));

        assertThat(event.getMeta().getProfile().getFirst().getValue())
                .endsWith("IHE.BasicAudit.PrivacyDisclosure.Source");
        assertThat(event.getType().getSystem() + "#" + event.getType().getCode())
                .isEqualTo(DICOM + "#110106");
        assertThat(event.getSubtype())
                .extracting("code")
                .map(Object::toString)
                .containsExactly("disclose", "search-type");
        assertThat(event.getAction()).isEqualTo(AuditEvent.AuditEventAction.R);
        assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0);
        AuditEvent.AuditEventAgentComponent source = agent(event, "110153");
        assertThat(source.getWho().equalsDeep(event.getSource().getObserver())).isTrue(); // val-audit-source
        assertThat(source.getNetwork().getAddress()).isEqualTo("https://hospital.example/fhir");
        assertThat(agent(event, "110152").getWho().getIdentifier().getValue()).isEqualTo("clinic");
        assertThat(agent(event, "110152").getNetwork().getAddress()).isEqualTo("192.0.2.7");
        requirePatient(event);
        assertThat(event.getEntity())
                .filteredOn(entity -> entity.getWhat().hasReference())
                .singleElement()
                .satisfies(data -> assertThat(data.getWhat().getReference()).isEqualTo("Observation/17/_history/2"));
    }

    @Test
    void a_disclosure_under_a_grant_names_the_grant_its_purpose_and_the_patient_as_authorizer() {
        AuditEvent event = parsed(EVENTS.disclosure(SEARCH, PATIENT, bases().getFirst(), List.of(VERSION)));
        assertThat(event.getEntity())
                .anySatisfy(entity ->
                        assertThat(entity.getWhat().getIdentifier().getValue()).isEqualTo(GRANT.value()));
        assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("TREAT");
        assertThat(agent(event, "429577009").getWho().getIdentifier().getValue())
                .isEqualTo(PATIENT.value());
    }

    @Test
    void an_emergency_access_says_that_the_glass_was_broken_and_why() {
        AuditEvent event = parsed(EVENTS.disclosure(SEARCH, PATIENT, bases().get(1), List.of(VERSION)));
        assertThat(event.getPurposeOfEvent())
                .extracting(purpose -> purpose.getCodingFirstRep().getCode())
                .containsExactly("ETREAT", "BTG");
        assertThat(event.getEntity())
                .filteredOn(AuditEvent.AuditEventEntityComponent::hasDetail)
                .singleElement()
                .satisfies(entity -> assertThat(
                                entity.getDetailFirstRep().getValue().primitiveValue())
                        .isEqualTo("ACUTE_DANGER"));
    }

    @Test
    void the_request_is_kept_as_received_and_time_in_milliseconds() {
        AuditEvent event = parsed(EVENTS.disclosure(SEARCH, PATIENT, bases().getFirst(), List.of()));
        assertThat(event.getEntity())
                .filteredOn(AuditEvent.AuditEventEntityComponent::hasQuery)
                .singleElement()
                .satisfies(entity ->
                        assertThat(new String(entity.getQuery(), UTF_8)).isEqualTo(SEARCH.line()));
        assertThat(event.getRecordedElement().getValueAsString()).isEqualTo("2026-01-01T00:00:00.123Z");
    }

    @Test
    void a_denial_has_what_the_profile_of_a_consent_decision_requires() {
        AuditEvent event = parsed(EVENTS.denial(
                SEARCH,
                Optional.of(PATIENT),
                Optional.of(GRANT),
                Optional.of(PurposeOfUse.TREAT),
                DenialReason.GRANT_REVOKED));

        assertThat(event.getMeta().getProfile().getFirst().getValue()).endsWith("IHE.BasicAudit.AuthZconsent");
        assertThat(event.getType().getCode()).isEqualTo("110113");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("AuthZ-Consent");
        assertThat(event.getAction()).isEqualTo(AuditEvent.AuditEventAction.E);
        assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._8);
        assertThat(event.getOutcomeDesc()).startsWith("grant-revoked");
        assertThat(agent(event, "110150").getNetwork().hasAddress()).isTrue();
        assertThat(agent(event, "IRCP").getRequestor()).isTrue();
        assertThat(agent(event, "IRCP")
                        .getPurposeOfUseFirstRep()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("TREAT");
        assertThat(agent(event, "PROV").getWho().getIdentifier().getValue()).isEqualTo("clinic");
        assertThat(agent(event, "authserver")
                        .getWho()
                        .equalsDeep(event.getSource().getObserver()))
                .isTrue();
        requirePatient(event);
        assertThat(event.getEntity()).hasSize(2); // the profile's slicing is closed
        assertThat(event.getEntity().get(1).getType().getCode()).isEqualTo("Consent");
    }

    @Test
    void a_denial_without_patient_or_grant_is_recorded_without_claiming_the_profile() {
        AuditEvent event = parsed(EVENTS.denial(
                SEARCH, Optional.empty(), Optional.empty(), Optional.empty(), DenialReason.UNKNOWN_PATIENT));
        assertThat(event.getMeta().getProfile()).isEmpty();
        assertThat(event.hasEntity()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_write_has_what_the_profile_of_its_action_requires(WriteAction action) {
        Request request = new Request("e2", SEARCH.time(), "update", "PUT Observation/17", CLINIC);
        AuditEvent event = parsed(EVENTS.write(request, action, Optional.of(PATIENT), List.of(VERSION)));

        assertThat(event.getMeta().getProfile().getFirst().getValue())
                .isEqualToIgnoringCase(
                        "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.Patient" + action.name());
        assertThat(event.getType().getCode()).isEqualTo("rest");
        assertThat(event.getAction().toCode()).isEqualTo(action.name().substring(0, 1));
        assertThat(agent(event, action == WriteAction.DELETE ? "110150" : "110153")
                        .hasNetwork())
                .isTrue();
        assertThat(agent(event, action == WriteAction.DELETE ? "custodian" : "110152")
                        .hasNetwork())
                .isTrue();
        assertThat(agent(event, "AUT").getRequestor()).isTrue();
        requirePatient(event);
        assertThat(event.getEntity()).hasSize(2);
    }

    @Test
    void a_transaction_is_one_event_with_all_versions() {
        List<ResourceVersion> many = List.of(VERSION, new ResourceVersion("Encounter", "1", "1"));
        AuditEvent event = parsed(EVENTS.write(SEARCH, WriteAction.CREATE, Optional.empty(), many));
        assertThat(event.getMeta().getProfile()).isEmpty();
        assertThat(event.getEntity()).hasSize(2);
        assertThatThrownBy(() -> EVENTS.write(SEARCH, WriteAction.CREATE, Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_read_of_what_is_about_nobody_known_has_what_its_profile_requires() {
        Request request = new Request("e3", SEARCH.time(), "read", "GET Observation/17", CLINIC);
        AuditEvent event = parsed(EVENTS.read(request, List.of(VERSION)));

        assertThat(event.getMeta().getProfile().getFirst().getValue())
                .isEqualTo("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.Read");
        assertThat(event.getType().getCode()).isEqualTo("rest");
        assertThat(event.getAction().toCode()).isEqualTo("R");
        assertThat(agent(event, "110152").hasNetwork()).isTrue();
        assertThat(agent(event, "110153").hasNetwork()).isTrue();
        assertThat(agent(event, "IRCP").getRequestor()).isTrue();
        assertThat(event.getEntity())
                .singleElement()
                .satisfies(entity -> assertThat(entity.getWhat().getReference()).isEqualTo(VERSION.toString()));
        assertThatThrownBy(() -> EVENTS.read(request, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static void requirePatient(AuditEvent event) {
        assertThat(event.getEntity())
                .filteredOn(entity -> entity.getType().getCode().equals("1"))
                .singleElement()
                .satisfies(patient -> {
                    assertThat(patient.getRole().getCode()).isEqualTo("1");
                    assertThat(patient.getWhat().getType()).isEqualTo("Patient");
                    assertThat(patient.getWhat().getIdentifier().getValue()).isEqualTo(PATIENT.value());
                });
    }

    private static AuditEvent.AuditEventAgentComponent agent(AuditEvent event, String code) {
        List<AuditEvent.AuditEventAgentComponent> found = new ArrayList<>(event.getAgent());
        found.removeIf(agent -> !agent.getType().getCodingFirstRep().getCode().equals(code));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** Valid, parsed strictly, so that an element that R4 does not know fails; and back, so that nothing got lost. */
    private static AuditEvent parsed(ObjectNode event) {
        assertThat(R4Validator.errors(event)).isEmpty();
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        parser.setParserErrorHandler(new StrictErrorHandler());
        parser.setStripVersionsFromReferences(false);
        AuditEvent parsed = parser.parseResource(AuditEvent.class, new String(FhirJson.bytes(event), UTF_8));
        ObjectNode again =
                FhirJson.resource(parser.encodeResourceToString(parsed).getBytes(UTF_8));
        assertThat(new String(Canonicalization.JSON.bytes(again), UTF_8))
                .isEqualTo(new String(Canonicalization.JSON.bytes(event), UTF_8));
        return parsed;
    }
}
