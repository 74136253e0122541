package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.scope.Compartment;
import health.salus.node.access.PatientHandles;
import health.salus.node.backend.FhirResponse;
import health.salus.node.proof.ReceiptLinks;
import health.salus.node.proof.SealedVersions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads by the organization's own staff and systems: everything that the server offers, checked against its seals on the
 * way out and audited. Writes are {@link OwnWrites}' and {@link OwnBundles}' business. Thread-safe.
 */
final class OwnUse {
    /** Operations that only read. Others could change what is stored without a new version, or go around the seals. */
    private static final Set<String> OPERATIONS = Set.of(
            "$everything",
            "$validate",
            "$lastn",
            "$summary",
            "$document",
            "$expand",
            "$lookup",
            "$validate-code",
            "$translate",
            "$subsumes",
            "$meta");

    private final Upstream upstream;
    private final ServerAddresses addresses;
    private final SealedVersions seals;
    private final ReceiptLinks receipts;
    private final PatientHandles handles;
    private final Auditor auditor;

    OwnUse(
            Upstream upstream,
            ServerAddresses addresses,
            SealedVersions seals,
            ReceiptLinks receipts,
            PatientHandles handles,
            Auditor auditor) {
        this.upstream = upstream;
        this.addresses = addresses;
        this.seals = seals;
        this.receipts = receipts;
        this.handles = handles;
        this.auditor = auditor;
    }

    /** The answer, audited. @throws FhirProblem where refused */
    Answer answer(Request request) {
        requireOffered(request.interaction());
        FhirResponse response = upstream.send(request);
        byte[] body = Upstream.body(response);
        Map<String, List<ResourceVersion>> read = new LinkedHashMap<>();
        if (response.isSuccess() && body.length > 0) {
            body = checked(body, request.parameters(), read);
        }
        audit(request, read);
        Map<String, String> headers = addresses.headers(response);
        if (isReadOfOne(request.interaction())) {
            read.values().stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .ifPresent(version -> headers.put("Link", receipts.link(version)));
        }
        return new Answer(response.status(), headers, body);
    }

    /** Returns when it is on record what was read of whom; by handle, "" for nobody's. */
    void audit(Request request, Map<String, List<ResourceVersion>> read) {
        auditor.used(request, read);
    }

    static void requireOffered(RestfulInteraction interaction) {
        if (interaction instanceof RestfulInteraction.Operation operation && !OPERATIONS.contains(operation.name())) {
            throw FhirProblem.unsupported("this operation is not offered: it could change records without a trace");
        }
    }

    private static boolean isReadOfOne(RestfulInteraction interaction) {
        return interaction instanceof RestfulInteraction.Read || interaction instanceof RestfulInteraction.VersionRead;
    }

    /** Whether resources come cut, so that they can't be checked themselves. */
    private static boolean isPartial(List<Parameter> parameters) {
        return parameters.stream()
                .anyMatch(parameter -> parameter.name().equals("_elements")
                        || (parameter.name().equals("_summary")
                                && !parameter.value().equals("false")));
    }

    /**
     * What the server answered, as it may leave: every stored version in it is as it was sealed.
     *
     * @param parameters of the request
     * @param read receives what is in it, by the handle of whom it is about
     * @throws health.salus.node.proof.TamperedException where one isn't
     */
    byte[] checked(byte[] body, List<Parameter> parameters, Map<String, List<ResourceVersion>> read) {
        boolean partial = isPartial(parameters);
        ObjectNode resource = resource(body);
        if (!resource.path("resourceType").asText().equals("Bundle")
                || resource.path("meta").has("versionId")) {
            check(resource, partial, read);
            return body;
        }
        BundleSlices bundle = Upstream.bundle(body);
        List<BundleSlices.Entry> entries = new ArrayList<>();
        for (BundleSlices.Entry entry : bundle.entries()) {
            byte[] slice = entry.resource();
            if (slice != null) {
                check(FhirJson.resource(slice), partial, read);
            }
            entries.add(addresses.entry(entry));
        }
        return BundleWriter.write(bundle.type(), bundle.total(), addresses.links(bundle.links()), entries);
    }

    private static ObjectNode resource(byte[] body) {
        try {
            return FhirJson.resource(body);
        } catch (FhirJsonException e) {
            throw FhirProblem.upstream("the FHIR server answered with something else than FHIR JSON");
        }
    }

    private void check(ObjectNode resource, boolean partial, Map<String, List<ResourceVersion>> read) {
        if (!resource.path("meta").has("versionId") || !resource.has("id")) {
            return; // not stored: an outcome, an expansion, parameters
        }
        ResourceVersion version = ResourceVersion.of(resource);
        if (partial) {
            seals.requireStoredAsSealed(version);
        } else {
            seals.requireSealed(resource);
        }
        read.computeIfAbsent(handle(resource), handle -> new ArrayList<>()).add(version);
    }

    private String handle(ObjectNode resource) {
        return handleOf(resource, upstream, handles).orElse("");
    }

    /** Handle of the first registered patient whom a resource is about. */
    static Optional<String> handleOf(ObjectNode resource, Upstream upstream, PatientHandles handles) {
        return Compartment.patients(resource, upstream.bases()).stream()
                .flatMap(patient -> handles.handle(patient).stream())
                .findFirst();
    }
}
