package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.access.Interaction;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.scope.Compartment;
import health.salus.identity.Handle;
import health.salus.node.access.Entitlement;
import health.salus.node.access.Entitlements;
import health.salus.node.access.PatientHandles;
import health.salus.node.proof.ReceiptLinks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers those from outside the organization: other organizations under grants or in an emergency, and patients about
 * themselves. They only read, one patient at a time, and receive exactly what a ground on the ledger lets out. Bodies of
 * resources leave as the server stores them.
 *
 * <p>What is absent, deleted, of another patient, or outside every grant is answered in the same words. Thread-safe.
 */
final class OutsideUse {
    private static final Set<String> OF_EVERYTHING = Set.of("_count", "_type", "_since", "_format", "_pretty");
    private static final int HISTORY_PER_PAGE = 50;

    private final Upstream upstream;
    private final PatientHandles handles;
    private final Entitlements entitlements;
    private final Release release;
    private final SingleReads reads;
    private final ReceiptLinks receipts;
    private final ReleasedPages pages;

    OutsideUse(
            Upstream upstream,
            PatientHandles handles,
            Entitlements entitlements,
            Release release,
            SingleReads reads,
            ReceiptLinks receipts,
            ReleasedPages pages) {
        this.upstream = upstream;
        this.handles = handles;
        this.entitlements = entitlements;
        this.release = release;
        this.reads = reads;
        this.receipts = receipts;
        this.pages = pages;
    }

    /** The answer, not audited yet; what it discloses is noted in {@code inquiry}. @throws FhirProblem where refused */
    Answer answer(Inquiry inquiry) {
        Request request = inquiry.request();
        return switch (request.interaction()) {
            case RestfulInteraction.Read(String type, String id) -> read(inquiry, type, id);
            case RestfulInteraction.VersionRead(String type, String id, String version) ->
                versionRead(inquiry, type, id, version);
            case RestfulInteraction.InstanceHistory(String type, String id) -> history(inquiry, type, id);
            case RestfulInteraction.Search(String type) -> search(inquiry, type);
            case RestfulInteraction.SystemSearch() -> typesOrNextPage(inquiry);
            case RestfulInteraction.Operation(String type, String id, String name)
            when type.equals("Patient") && !id.isEmpty() && name.equals("$everything") -> everything(inquiry, id);
            case RestfulInteraction.Capabilities capabilities -> throw FhirProblem.notFound();
            case RestfulInteraction.Bundle bundle -> throw FhirProblem.unsupported("only a batch of reads is offered");
            case RestfulInteraction.Write write ->
                throw FhirProblem.forbidden("only the organization's own staff writes");
            case RestfulInteraction.WideHistory history ->
                throw FhirProblem.unsupported("history is offered of one resource at a time");
            case RestfulInteraction.Operation operation ->
                throw FhirProblem.unsupported("this operation is not offered outside the organization");
        };
    }

    private Answer read(Inquiry inquiry, String type, String id) {
        SingleReads.Read read = reads.current(type, localId(inquiry, type, id));
        return single(inquiry, read, permitted(inquiry, read, Interaction.READ));
    }

    private Answer versionRead(Inquiry inquiry, String type, String id, String version) {
        String localId = localId(inquiry, type, id);
        requireCurrentIsPermitted(inquiry, type, localId, Interaction.VREAD);
        SingleReads.Read read = reads.version(type, localId, version);
        return single(inquiry, read, permitted(inquiry, read, Interaction.VREAD));
    }

    private Answer history(Inquiry inquiry, String type, String id) {
        String localId = localId(inquiry, type, id);
        Entitlement.Granted granted = requireCurrentIsPermitted(inquiry, type, localId, Interaction.HISTORY);
        String path = type + "/" + localId + "/_history?_count=" + HISTORY_PER_PAGE;
        return pages.answer(
                inquiry, granted, List.of(new Pages.Position(path, 0)), HISTORY_PER_PAGE, Interaction.HISTORY);
    }

    private Answer search(Inquiry inquiry, String type) {
        ConfinedSearch search = ConfinedSearch.of(type, inquiry.request().parameters());
        Entitlement.Granted granted = entitled(inquiry, search.patient());
        List<Parameter> behind = new ArrayList<>();
        behind.add(new Parameter(
                search.patientParameter(),
                type.equals("Patient") ? granted.patient() : "Patient/" + granted.patient()));
        behind.addAll(search.others());
        behind.add(new Parameter("_count", Integer.toString(Math.max(1, search.count()))));
        Pages.Position from = new Pages.Position(type + "?" + Parameter.query(behind), 0);
        return pages.answer(inquiry, granted, List.of(from), search.count(), Interaction.SEARCH);
    }

    private Answer everything(Inquiry inquiry, String id) {
        Entitlement.Granted granted = entitled(inquiry, id);
        List<Parameter> behind = new ArrayList<>();
        int count = ConfinedSearch.MOST_PER_PAGE;
        for (Parameter parameter : inquiry.request().parameters()) {
            if (!OF_EVERYTHING.contains(parameter.name())) {
                throw FhirProblem.unsupported("$everything takes _count, _type and _since here");
            }
            if (parameter.name().equals("_count")) {
                count = ConfinedSearch.count(parameter.value());
            } else if (parameter.name().startsWith("_type") || parameter.name().startsWith("_since")) {
                behind.add(parameter);
            }
        }
        behind.add(new Parameter("_count", Integer.toString(Math.max(1, count))));
        Pages.Position from =
                new Pages.Position("Patient/" + granted.patient() + "/$everything?" + Parameter.query(behind), 0);
        return pages.answer(inquiry, granted, List.of(from), count, Interaction.EVERYTHING);
    }

    private Answer typesOrNextPage(Inquiry inquiry) {
        Optional<String> sealed = inquiry.request().parameter(ReleasedPages.CURSOR);
        return sealed.isPresent() ? nextPage(inquiry, sealed.get()) : types(inquiry);
    }

    private Answer types(Inquiry inquiry) {
        TypesSearch search = TypesSearch.of(inquiry.request().parameters());
        Entitlement.Granted granted = entitled(inquiry, search.patient());
        return pages.answer(
                inquiry,
                granted,
                search.begin(granted.patient(), upstream.takesOffset()),
                search.count(),
                Interaction.SEARCH);
    }

    private Answer nextPage(Inquiry inquiry, String sealed) {
        PageCursor cursor = pages.cursor(inquiry.request(), sealed);
        Entitlement.Granted granted = entitled(inquiry, cursor.handle()); // decided anew: it may be revoked by now
        if (!granted.patient().equals(cursor.patient())) {
            throw FhirProblem.notFound();
        }
        return pages.answer(inquiry, granted, cursor.from(), cursor.count(), Interaction.valueOf(cursor.way()));
    }

    /**
     * Versions, each as the server stores it; without those that aren't as they were sealed.
     *
     * @throws FhirProblem unless all may be read
     */
    Map<ResourceVersion, byte[]> versions(Inquiry inquiry, List<ResourceVersion> versions) {
        Map<ResourceVersion, byte[]> stored = new LinkedHashMap<>();
        for (ResourceVersion version : versions) {
            String id = localId(inquiry, version.type(), version.id());
            SingleReads.Read current = reads.current(version.type(), id);
            Permission permission = permitted(inquiry, current, Interaction.VREAD);
            boolean isCurrent = ResourceVersion.of(current.resource()).version().equals(version.version());
            SingleReads.Read read = isCurrent ? current : reads.version(version.type(), id, version.version());
            permission = isCurrent ? permission : permitted(inquiry, read, Interaction.VREAD);
            if (pages.lets(inquiry, () -> reads.requireSealed(read), permission.ground())) {
                stored.put(version, read.bytes());
            }
        }
        return stored;
    }

    private Answer single(Inquiry inquiry, SingleReads.Read read, Permission permission) {
        ResourceVersion version = reads.requireSealed(read);
        inquiry.discloses(version, permission.ground());
        String etag = "W/\"" + version.version() + "\"";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", etag);
        read.reply().headers().first("Last-Modified").ifPresent(modified -> headers.put("Last-Modified", modified));
        headers.put("Link", receipts.link(version));
        Answer answer = Answer.of(read.bytes(), headers);
        boolean unchanged =
                inquiry.request().header("If-None-Match").filter(etag::equals).isPresent();
        return unchanged ? answer.notModified() : answer;
    }

    /** The ground that lets a resource out. */
    private record Permission(Entitlement.Granted granted, Permitted ground) {}

    private Permission permitted(Inquiry inquiry, SingleReads.Read read, Interaction way) {
        ObjectNode resource = read.resource();
        for (String patient : Compartment.patients(resource, upstream.bases())) {
            Optional<String> handle = handles.handle(patient);
            if (handle.isEmpty()) {
                continue;
            }
            Entitlement entitlement =
                    entitlements.of(inquiry.request().session().caller(), handle.get());
            inquiry.decided(entitlement);
            if (entitlement instanceof Entitlement.Granted granted) {
                Optional<Permitted> ground = release.ground(
                        resource, granted, inquiry.request().session().scopes(), way);
                if (ground.isPresent()) {
                    return new Permission(granted, ground.get());
                }
            }
        }
        throw FhirProblem.notFound();
    }

    /** An old version may lack a label that was put on since; so whoever may not see the current one sees no other. */
    private Entitlement.Granted requireCurrentIsPermitted(Inquiry inquiry, String type, String id, Interaction way) {
        return permitted(inquiry, reads.current(type, id), way).granted();
    }

    private String localId(Inquiry inquiry, String type, String id) {
        return type.equals("Patient") && Handle.isHandle(id)
                ? entitled(inquiry, id).patient()
                : id;
    }

    /** The entitlement to the patient whom the request names by handle or by id. */
    private Entitlement.Granted entitled(Inquiry inquiry, String named) {
        String handle = Handle.isHandle(named) ? named : handles.handle(named).orElse("");
        if (handle.isEmpty()) {
            throw nothingGranted();
        }
        Entitlement entitlement = entitlements.of(inquiry.request().session().caller(), handle);
        inquiry.decided(entitlement);
        return switch (entitlement) {
            case Entitlement.Granted granted -> granted;
            case Entitlement.Refused refused -> throw nothingGranted();
        };
    }

    private static FhirProblem nothingGranted() {
        return FhirProblem.forbidden("there is no such patient, or nothing of theirs is granted to you now");
    }
}
