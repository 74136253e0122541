package health.salus.fhir.audit;

import static health.salus.fhir.audit.Codes.coding;
import static health.salus.fhir.audit.Codes.concept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessDecision.Basis;
import health.salus.contracts.access.DenialReason;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.fhir.ResourceVersion;
import health.salus.identity.Handle;
import java.util.List;
import java.util.Optional;

/**
 * Makes the AuditEvents of one custodian: one for each request, refused ones included, every released version listed.
 * People appear as handles, organizations as their ids in the network, keys as thumbprints. An event carries its id and
 * version 1, so that it can be sealed before the answer leaves. Thread-safe.
 */
public final class AuditEvents {
    private static final String IP_ADDRESS = "2";
    private static final String URI = "5";
    private static final String APPLICATION_SERVER = "4";
    private static final String SECURITY_SERVER = "6";

    private final Custodian custodian;

    public AuditEvents(Custodian custodian) {
        this.custodian = custodian;
    }

    /**
     * Data went out: BALP {@code PrivacyDisclosure.Source}. An emergency access has the further purpose {@code BTG}
     * (break the glass).
     *
     * @param basis on which ground
     * @param released what went out; may be nothing, if a search found nothing
     */
    public ObjectNode disclosure(Request request, Handle patient, Basis basis, List<ResourceVersion> released) {
        EventBuilder event = new EventBuilder(
                        request,
                        Optional.of("PrivacyDisclosure.Source"),
                        coding(Codes.DICOM, "110106"),
                        coding(Codes.LIFECYCLE, "disclose"),
                        "R")
                .subtype(coding(Codes.REST, request.interaction()))
                .outcome("0", "released");
        PurposeOfUse purpose = purpose(basis);
        event.purpose(purpose.name());
        if (basis instanceof Basis.InEmergency) {
            event.purpose("BTG");
        }
        ObjectNode self = Identifiers.organization(custodian.organization());
        Requester requester = request.requester();
        event.machine(concept(Codes.DICOM, "110153"), self, custodian.gateway().toString(), URI)
                .machine(concept(Codes.DICOM, "110152"), recipient(requester), requester.address(), IP_ADDRESS);
        user(event, requester, concept(Codes.PARTICIPATION, "IRCP"), Optional.of(purpose));
        event.agent(concept(Codes.SNOMED, "159541003"), self, false);
        if (basis instanceof Basis.UnderGrant || basis instanceof Basis.ByPerson) {
            event.agent(concept(Codes.SNOMED, "429577009"), Identifiers.patient(patient.value()), false);
        }
        event.source(custodian, APPLICATION_SERVER).patient(patient.value());
        ground(event, basis);
        released.forEach(event::data);
        return event.query(request.line()).build();
    }

    /**
     * Data did not go out: BALP {@code AuthZconsent} with a failed outcome.
     *
     * @param patient whose records were asked for; empty if the request did not tell
     * @param grant under which they were asked for, if any
     */
    public ObjectNode denial(
            Request request,
            Optional<Handle> patient,
            Optional<Handle> grant,
            Optional<PurposeOfUse> purpose,
            DenialReason reason) {
        boolean complete = patient.isPresent()
                && grant.isPresent()
                && request.requester().organization().isPresent(); // the profile requires all three
        EventBuilder event = new EventBuilder(
                        request,
                        complete ? Optional.of("AuthZconsent") : Optional.empty(),
                        coding(Codes.DICOM, "110113"),
                        coding(Codes.AUTHZ, "AuthZ-Consent"),
                        "E")
                .outcome("8", reason.code() + ": " + reason.meaning());
        purpose.ifPresent(code -> event.purpose(code.name()));
        Requester requester = request.requester();
        event.machine(concept(Codes.DICOM, "110150"), key(requester), requester.address(), IP_ADDRESS);
        user(event, requester, concept(Codes.PARTICIPATION, "IRCP"), purpose);
        requester
                .organization()
                .ifPresent(id -> event.agent(concept(Codes.ROLE_CLASS, "PROV"), Identifiers.organization(id), false));
        event.agent(
                concept(Codes.SECURITY_ROLE, "authserver"), Identifiers.organization(custodian.organization()), false);
        event.source(custodian, SECURITY_SERVER);
        patient.ifPresent(handle -> event.patient(handle.value()));
        grant.ifPresent(handle -> event.grant(handle.value()));
        return event.build();
    }

    /**
     * Versions were stored: BALP {@code PatientCreate}, {@code PatientUpdate} or {@code PatientDelete}, or the same without
     * a patient. A request that wrote several (a transaction) has one event with all of them, for which BALP has no profile.
     *
     * @param patient whose record was written, if it is about one
     * @param written at least one version
     */
    public ObjectNode write(
            Request request, WriteAction action, Optional<Handle> patient, List<ResourceVersion> written) {
        if (written.isEmpty()) {
            throw new IllegalArgumentException("write of nothing");
        }
        Optional<String> profile = written.size() > 1
                ? Optional.empty()
                : Optional.of((patient.isPresent() ? "Patient" : "") + action.profile());
        EventBuilder event = new EventBuilder(
                        request,
                        profile,
                        coding(Codes.EVENT_TYPE, "rest"),
                        coding(Codes.REST, request.interaction()),
                        action.code())
                .outcome("0", "stored");
        Requester requester = request.requester();
        event.machine(action.client(), key(requester), requester.address(), IP_ADDRESS)
                .machine(
                        action.server(),
                        Identifiers.organization(custodian.organization()),
                        custodian.gateway().toString(),
                        URI);
        user(event, requester, concept(Codes.PARTICIPATION, "AUT"), Optional.empty());
        event.source(custodian, APPLICATION_SERVER);
        patient.ifPresent(handle -> event.patient(handle.value()));
        written.forEach(event::data);
        return event.build();
    }

    /**
     * The custodian's own staff or systems read what is about no patient with a handle: BALP {@code Read}, for which several
     * versions at once have no profile.
     *
     * @param read at least one version
     */
    public ObjectNode read(Request request, List<ResourceVersion> read) {
        if (read.isEmpty()) {
            throw new IllegalArgumentException("read of nothing");
        }
        EventBuilder event = new EventBuilder(
                        request,
                        read.size() > 1 ? Optional.empty() : Optional.of("Read"),
                        coding(Codes.EVENT_TYPE, "rest"),
                        coding(Codes.REST, request.interaction()),
                        "R")
                .outcome("0", "read");
        Requester requester = request.requester();
        event.machine(concept(Codes.DICOM, "110152"), key(requester), requester.address(), IP_ADDRESS)
                .machine(
                        concept(Codes.DICOM, "110153"),
                        Identifiers.organization(custodian.organization()),
                        custodian.gateway().toString(),
                        URI);
        user(event, requester, concept(Codes.PARTICIPATION, "IRCP"), Optional.empty());
        event.source(custodian, APPLICATION_SERVER);
        read.forEach(event::data);
        return event.build();
    }

    private static PurposeOfUse purpose(Basis basis) {
        return switch (basis) {
            case Basis.UnderGrant grant -> grant.terms().purpose();
            case Basis.InEmergency emergency -> PurposeOfUse.ETREAT;
            case Basis.ByCustodian custodian -> custodian.purpose();
            case Basis.ByPerson person -> PurposeOfUse.PATRQT;
        };
    }

    private static void ground(EventBuilder event, Basis basis) {
        switch (basis) {
            case Basis.UnderGrant grant -> event.grant(grant.grant().value());
            case Basis.InEmergency emergency ->
                event.emergency(
                        emergency.emergency().value(), emergency.reason().name());
            case Basis.ByCustodian custodian -> {}
            case Basis.ByPerson person -> {}
        }
    }

    private static void user(EventBuilder event, Requester requester, ObjectNode type, Optional<PurposeOfUse> purpose) {
        ObjectNode agent = event.agent(type, key(requester), true);
        purpose.ifPresent(code -> agent.putArray("purposeOfUse").add(concept(Codes.ACT_REASON, code.name())));
    }

    private static ObjectNode recipient(Requester requester) {
        return requester.organization().map(Identifiers::organization).orElseGet(() -> key(requester));
    }

    /** Whether it is a person's or a machine's is not told. */
    private static ObjectNode key(Requester requester) {
        return Identifiers.reference(Identifiers.KEY, requester.keyId());
    }
}
