package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.audit.WriteAction;
import health.salus.node.access.PatientHandles;
import health.salus.node.backend.FhirResponse;
import health.salus.node.gateway.RestfulInteraction.Verb;
import health.salus.node.proof.ReceiptLinks;
import health.salus.node.proof.SealedVersions;
import health.salus.node.proof.WritesInFlight;
import health.salus.node.proof.WrittenVersions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes by the organization's own staff and systems. What the server stored, rather than what it was sent, is sealed
 * before the answer leaves, which says where the receipt is. Thread-safe.
 */
final class OwnWrites {
    private final Upstream upstream;
    private final ServerAddresses addresses;
    private final SealedVersions seals;
    private final WritesInFlight writes;
    private final WrittenVersions versions;
    private final ReceiptLinks receipts;
    private final PatientHandles handles;
    private final Auditor auditor;
    private final InstantSource clock;

    OwnWrites(
            Upstream upstream,
            ServerAddresses addresses,
            SealedVersions seals,
            WritesInFlight writes,
            WrittenVersions versions,
            ReceiptLinks receipts,
            PatientHandles handles,
            Auditor auditor,
            InstantSource clock) {
        this.upstream = upstream;
        this.addresses = addresses;
        this.seals = seals;
        this.writes = writes;
        this.versions = versions;
        this.receipts = receipts;
        this.handles = handles;
        this.auditor = auditor;
        this.clock = clock;
    }

    /** A create, update, patch or delete of one resource, or of those that a condition finds. */
    Answer write(Request request, RestfulInteraction.Write write) {
        Instant began = clock.instant();
        Written written = writes.write(() -> {
            FhirResponse response = upstream.send(request);
            Set<ResourceVersion> made = response.isSuccess() ? made(write, response, began) : Set.of();
            return new Written(response, seals.written(made), made);
        });
        audit(request, action(write.verb()), written);
        Map<String, String> headers = addresses.headers(written.response);
        if (written.versions.size() == 1) {
            headers.put("Link", receipts.link(written.versions.iterator().next()));
        }
        return new Answer(
                written.response.status(), headers, written.response.body().bytes());
    }

    /** A batch or transaction. */
    Answer bundle(Request request) {
        BundleSlices asked = BundleSlices.of(request.body());
        if (!asked.type().equals("batch") && !asked.type().equals("transaction")) {
            throw FhirProblem.invalid("only a batch or a transaction can be posted to the base");
        }
        List<EntryRequest> entries =
                asked.entries().stream().map(EntryRequest::of).toList();
        Instant began = clock.instant();
        Written written = writes.write(() -> {
            FhirResponse response = upstream.send(request);
            Set<ResourceVersion> made = response.isSuccess()
                    ? made(entries, BundleSlices.of(response.body().bytes()), began)
                    : Set.of();
            return new Written(response, seals.written(made), made);
        });
        boolean creates = entries.stream().allMatch(entry -> entry.method().equals("POST"));
        audit(request, creates ? WriteAction.CREATE : WriteAction.UPDATE, written);
        return new Answer(written.response.status(), addresses.headers(written.response), response(written.response));
    }

    /** @param resources of {@code versions}, without deletions */
    private record Written(
            FhirResponse response, Map<ResourceVersion, ObjectNode> resources, Set<ResourceVersion> versions) {}

    private byte[] response(FhirResponse response) {
        byte[] body = response.body().bytes();
        if (!response.isSuccess()) {
            return body;
        }
        BundleSlices bundle = BundleSlices.of(body);
        return BundleWriter.write(
                bundle.type(),
                bundle.total(),
                addresses.links(bundle.links()),
                bundle.entries().stream().map(addresses::entry).toList());
    }

    private Set<ResourceVersion> made(RestfulInteraction.Write write, FhirResponse response, Instant began) {
        if (write.verb() == Verb.DELETE) {
            return write.id().isEmpty()
                    ? versions.since(write.type(), began)
                    : setOf(versions.newest(write.type(), write.id()));
        }
        Optional<ResourceVersion> named = WrittenVersions.ofHeaders(response);
        return named.isPresent() ? setOf(named) : versions.since(write.type(), began);
    }

    private Set<ResourceVersion> made(List<EntryRequest> asked, BundleSlices answered, Instant began) {
        Set<ResourceVersion> made = new LinkedHashSet<>();
        boolean someUnknown = false;
        for (int i = 0; i < answered.entries().size() && i < asked.size(); i++) {
            EntryRequest entry = asked.get(i);
            byte[] response = answered.entries().get(i).response();
            if (entry.method().equals("GET") || response == null || !isSuccess(response)) {
                continue;
            }
            Optional<ResourceVersion> version = entry.method().equals("DELETE")
                    ? deleted(entry)
                    : WrittenVersions.ofLocation(EntryRequest.text(response, "location"));
            version.ifPresent(made::add);
            someUnknown |= version.isEmpty();
        }
        if (someUnknown) {
            made.addAll(versions.since("", began));
        }
        return made;
    }

    private Optional<ResourceVersion> deleted(EntryRequest entry) {
        String[] path = entry.path().split("/", -1);
        return path.length == 2 && entry.query().isEmpty() ? versions.newest(path[0], path[1]) : Optional.empty();
    }

    private static boolean isSuccess(byte[] response) {
        return EntryRequest.text(response, "status").startsWith("2");
    }

    private void audit(Request request, WriteAction action, Written written) {
        Map<String, List<ResourceVersion>> byHandle = new LinkedHashMap<>();
        for (ResourceVersion version : written.versions) {
            ObjectNode resource = written.resources.get(version);
            String handle = resource == null
                    ? ""
                    : OwnUse.handleOf(resource, upstream, handles).orElse("");
            byHandle.computeIfAbsent(handle, same -> new ArrayList<>()).add(version);
        }
        auditor.wrote(request, action, byHandle);
    }

    private static WriteAction action(Verb verb) {
        return switch (verb) {
            case CREATE -> WriteAction.CREATE;
            case UPDATE, PATCH -> WriteAction.UPDATE;
            case DELETE -> WriteAction.DELETE;
        };
    }

    private static Set<ResourceVersion> setOf(Optional<ResourceVersion> version) {
        return version.map(Set::of).orElse(Set.of());
    }
}
