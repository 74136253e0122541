package health.salus.node.gateway;

import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.audit.WriteAction;
import health.salus.node.backend.FhirResponse;
import health.salus.node.gateway.RestfulInteraction.Verb;
import health.salus.node.gateway.RestfulInteraction.Write;
import health.salus.node.proof.ReceiptLinks;
import health.salus.node.proof.SealedVersions;
import health.salus.node.proof.TamperedException;
import health.salus.node.proof.WrittenVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Batches and transactions of the organization's own staff and systems. Each version that one makes is sealed before the
 * answer leaves; the entry that made it has a link to the receipt. What an entry reads is checked and audited like any
 * other read. Thread-safe.
 */
final class OwnBundles {
    private final ServerAddresses addresses;
    private final OwnAttachments attachments;
    private final OwnSealing sealing;
    private final SealedVersions seals;
    private final WrittenVersions versions;
    private final ReceiptLinks receipts;
    private final OwnUse reads;

    OwnBundles(
            ServerAddresses addresses,
            OwnAttachments attachments,
            OwnSealing sealing,
            SealedVersions seals,
            WrittenVersions versions,
            ReceiptLinks receipts,
            OwnUse reads) {
        this.addresses = addresses;
        this.attachments = attachments;
        this.sealing = sealing;
        this.seals = seals;
        this.versions = versions;
        this.receipts = receipts;
        this.reads = reads;
    }

    private record Asked(EntryRequest request, RestfulInteraction interaction) {
        static Asked of(BundleSlices.Entry entry) {
            EntryRequest request = EntryRequest.of(entry);
            RestfulInteraction interaction = request.interaction();
            if (interaction instanceof RestfulInteraction.Bundle) {
                throw FhirProblem.invalid("a batch within a batch");
            }
            OwnUse.requireOffered(interaction);
            return new Asked(request, interaction);
        }
    }

    /** The answer, audited. @throws FhirProblem where refused */
    Answer answer(Request request) {
        OwnWrites.requireSealable(request);
        BundleSlices bundle = BundleSlices.of(request.body());
        if (!bundle.type().equals("batch") && !bundle.type().equals("transaction")) {
            throw FhirProblem.invalid("only a batch or a transaction can be posted to the base");
        }
        attachments.require(request);
        List<Asked> asked = bundle.entries().stream().map(Asked::of).toList();
        Map<Integer, ResourceVersion> byEntry = new LinkedHashMap<>();
        OwnSealing.Written written =
                sealing.send(request, (response, began) -> made(asked, Upstream.bundle(response), began, byEntry));
        sealing.audit(request, action(asked), written);
        FhirResponse response = written.response();
        return new Answer(
                response.status(),
                addresses.headers(response),
                response.isSuccess()
                        ? body(request, asked, Upstream.bundle(response), byEntry)
                        : Upstream.body(response));
    }

    private byte[] body(
            Request request, List<Asked> asked, BundleSlices answered, Map<Integer, ResourceVersion> byEntry) {
        Map<String, List<ResourceVersion>> read = new LinkedHashMap<>();
        List<BundleSlices.Entry> entries = new ArrayList<>();
        for (int i = 0; i < answered.entries().size(); i++) {
            BundleSlices.Entry entry = addresses.entry(answered.entries().get(i));
            if (i >= asked.size() || !(asked.get(i).interaction() instanceof Write)) {
                entry = checked(entry, i < asked.size() ? asked.get(i).request().query() : "", read);
            }
            ResourceVersion made = byEntry.get(i);
            entries.add(made == null ? entry : entry.withReceipt(receipts.url(made)));
        }
        reads.audit(request, read);
        return BundleWriter.write(answered.type(), answered.total(), addresses.links(answered.links()), entries);
    }

    private BundleSlices.Entry checked(
            BundleSlices.Entry entry, String query, Map<String, List<ResourceVersion>> read) {
        byte[] resource = entry.resource();
        if (resource == null) {
            return entry;
        }
        try {
            return entry.withResource(reads.checked(resource, Parameter.parse(query), read));
        } catch (TamperedException e) {
            var response = FhirJson.object().put("status", "500 Internal Server Error");
            response.set("outcome", FhirJson.resource(OperationOutcomes.of(FhirProblem.tampered(e.version()))));
            return new BundleSlices.Entry(null, null, null, null, FhirJson.bytes(response));
        }
    }

    private Set<ResourceVersion> made(
            List<Asked> asked, BundleSlices answered, Instant began, Map<Integer, ResourceVersion> byEntry) {
        Set<ResourceVersion> unnamed = new LinkedHashSet<>();
        for (int i = 0; i < answered.entries().size() && i < asked.size(); i++) {
            byte[] response = answered.entries().get(i).response();
            if (asked.get(i).interaction() instanceof Write write
                    && response != null
                    && EntryRequest.text(response, "status").startsWith("2")) {
                Optional<ResourceVersion> version = made(write, response);
                if (version.isPresent()) {
                    byEntry.put(i, version.get());
                } else {
                    unnamed.addAll(
                            write.verb() == Verb.DELETE
                                    ? versions.deletedSince(write.type(), began)
                                    : versions.since(write.type(), began));
                }
            }
        }
        Set<ResourceVersion> made = new LinkedHashSet<>(byEntry.values());
        made.addAll(seals.unsealed(unnamed));
        return made;
    }

    private Optional<ResourceVersion> made(Write write, byte[] response) {
        if (write.verb() != Verb.DELETE) {
            return WrittenVersions.ofLocation(EntryRequest.text(response, "location"));
        }
        return write.id().isEmpty() ? Optional.empty() : versions.deletion(write.type(), write.id());
    }

    private static WriteAction action(List<Asked> asked) {
        boolean creates = asked.stream()
                .filter(one -> one.interaction() instanceof Write)
                .allMatch(one -> one.interaction() instanceof Write write && write.verb() == Verb.CREATE);
        return creates ? WriteAction.CREATE : WriteAction.UPDATE;
    }
}
