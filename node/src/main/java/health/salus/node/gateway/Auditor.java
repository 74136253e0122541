package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessDecision.Basis;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.access.DenialReason;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.audit.AuditEvents;
import health.salus.fhir.audit.Requester;
import health.salus.fhir.audit.WriteAction;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.seal.Seal;
import health.salus.identity.Handle;
import health.salus.node.access.Entitlement;
import health.salus.node.audit.AuditRecord;
import health.salus.node.audit.AuditTrail;
import health.salus.node.smart.Caller;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what became of requests into the audit trail; returns when that is durable. Thread-safe. */
final class Auditor {
    private final String organization;
    private final AuditEvents events;
    private final AuditTrail trail;
    private final SecureRandom random;
    private final InstantSource clock;

    Auditor(String organization, AuditEvents events, AuditTrail trail, SecureRandom random, InstantSource clock) {
        this.organization = organization;
        this.events = events;
        this.trail = trail;
        this.random = random;
        this.clock = clock;
    }

    /** The answer to {@code inquiry} goes out as it is noted there. */
    void disclosed(Inquiry inquiry) {
        if (!(inquiry.entitlement().orElse(null) instanceof Entitlement.Granted granted)) {
            throw new IllegalStateException("disclosure without a decision");
        }
        Map<Basis, List<ResourceVersion>> byBasis = new LinkedHashMap<>();
        inquiry.disclosed()
                .forEach((version, ground) -> byBasis.computeIfAbsent(ground.basis(), basis -> new ArrayList<>())
                        .add(version));
        if (byBasis.isEmpty()) { // nothing was found, which is an answer too
            byBasis.put(granted.grounds().getFirst().basis(), List.of());
        }
        byBasis.forEach((basis, versions) -> commit(
                inquiry.request(),
                granted.handle(),
                line -> events.disclosure(line, new Handle(granted.handle()), basis, versions)));
    }

    /** {@code inquiry} was refused. */
    void refused(Inquiry inquiry) {
        String handle = inquiry.entitlement().map(Entitlement::handle).orElse("");
        DenialReason reason = inquiry.entitlement().orElse(null) instanceof Entitlement.Refused refused
                ? refused.reason()
                : DenialReason.OUTSIDE_SCOPE;
        Optional<Basis.UnderGrant> grant = inquiry.entitlement().flatMap(Auditor::grant);
        commit(
                inquiry.request(),
                handle,
                line -> events.denial(
                        line,
                        handle.isEmpty() ? Optional.empty() : Optional.of(new Handle(handle)),
                        grant.map(Basis.UnderGrant::grant),
                        grant.map(ground -> ground.terms().purpose()),
                        reason));
    }

    /** The organization's own staff or systems read; by handle, what of whom, "" for nobody's. */
    void used(Request request, Map<String, List<ResourceVersion>> byHandle) {
        byHandle.forEach((handle, versions) -> {
            Basis basis = new Basis.ByCustodian(organization, PurposeOfUse.TREAT);
            commit(
                    request,
                    handle,
                    line -> handle.isEmpty()
                            ? events.read(line, versions)
                            : events.disclosure(line, new Handle(handle), basis, versions));
        });
    }

    /** The organization's own staff or systems wrote; by handle, what of whom, "" for nobody's. */
    void wrote(Request request, WriteAction action, Map<String, List<ResourceVersion>> byHandle) {
        byHandle.forEach((handle, versions) -> commit(
                request,
                handle,
                line -> events.write(
                        line,
                        action,
                        handle.isEmpty() ? Optional.empty() : Optional.of(new Handle(handle)),
                        versions)));
    }

    private static Optional<Basis.UnderGrant> grant(Entitlement entitlement) {
        return entitlement instanceof Entitlement.Granted granted
                ? granted.grounds().stream()
                        .map(Permitted::basis)
                        .filter(Basis.UnderGrant.class::isInstance)
                        .map(Basis.UnderGrant.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    /** Makes the event of what is known of the request. */
    @FunctionalInterface
    private interface Writer {
        ObjectNode event(health.salus.fhir.audit.Request line);
    }

    private void commit(Request request, String handle, Writer writer) {
        Instant now = clock.instant();
        Caller caller = request.session().caller();
        Optional<String> requester = switch (caller) {
            case Caller.Own own -> Optional.of(own.certificate().organization());
            case Caller.Outsider outsider -> Optional.of(outsider.certificate().organization());
            case Caller.Person person -> Optional.empty();
        };
        health.salus.fhir.audit.Request line = new health.salus.fhir.audit.Request(
                EventIds.next(now, random),
                now,
                request.interaction().code(),
                request.line(),
                new Requester(requester, caller.kid().base64Url(), request.address()));
        ObjectNode event = writer.event(line);
        Seal seal = Seal.of(event, OwnBases.NONE, random);
        trail.commit(new AuditRecord(line.id(), now, handle, requester.orElse(""), seal, FhirJson.bytes(event)));
    }
}
