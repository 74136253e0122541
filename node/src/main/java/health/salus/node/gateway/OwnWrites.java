package health.salus.node.gateway;

import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.audit.WriteAction;
import health.salus.fhir.canonical.Canonicalization;
import health.salus.node.backend.FhirResponse;
import health.salus.node.gateway.RestfulInteraction.Verb;
import health.salus.node.proof.ReceiptLinks;
import health.salus.node.proof.SealedVersions;
import health.salus.node.proof.WrittenVersions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes by the organization's own staff and systems, one at a time; {@link OwnBundles} has those of many. What the server
 * stored, rather than what it was sent, is sealed before the answer leaves, which says where the receipt is. Thread-safe.
 */
final class OwnWrites {
    private final ServerAddresses addresses;
    private final OwnAttachments attachments;
    private final OwnSealing sealing;
    private final SealedVersions seals;
    private final WrittenVersions versions;
    private final ReceiptLinks receipts;

    OwnWrites(
            ServerAddresses addresses,
            OwnAttachments attachments,
            OwnSealing sealing,
            SealedVersions seals,
            WrittenVersions versions,
            ReceiptLinks receipts) {
        this.addresses = addresses;
        this.attachments = attachments;
        this.sealing = sealing;
        this.seals = seals;
        this.versions = versions;
        this.receipts = receipts;
    }

    /** A create, update, patch or delete of one resource, or of those that a condition finds. */
    Answer answer(Request request, RestfulInteraction.Write write) {
        if (write.verb() == Verb.CREATE || write.verb() == Verb.UPDATE) {
            requireSealable(request);
        }
        attachments.require(request);
        OwnSealing.Written written = sealing.send(request, (response, began) -> made(write, response, began));
        sealing.audit(request, action(write.verb()), written);
        Map<String, String> headers = addresses.headers(written.response());
        if (written.versions().size() == 1) {
            headers.put("Link", receipts.link(written.versions().iterator().next()));
        }
        return new Answer(written.response().status(), headers, Upstream.body(written.response()));
    }

    /** What has no canonical form could be stored, but neither sealed nor read again. */
    static void requireSealable(Request request) {
        if (request.body().length > 0
                && request.header("Content-Type")
                        .filter(type -> type.contains("json"))
                        .isPresent()) {
            try {
                Canonicalization.STATIC_EXACT.bytes(FhirJson.resource(request.body()));
            } catch (FhirJsonException e) {
                throw new FhirProblem(400, "structure", String.valueOf(e.getMessage()));
            }
        }
    }

    private Set<ResourceVersion> made(RestfulInteraction.Write write, FhirResponse response, Instant began) {
        if (write.verb() == Verb.DELETE) {
            return write.id().isEmpty()
                    ? seals.unsealed(versions.deletedSince(write.type(), began))
                    : setOf(versions.deletion(write.type(), write.id()));
        }
        Optional<ResourceVersion> named = WrittenVersions.ofHeaders(response);
        return named.isPresent() ? setOf(named) : seals.unsealed(versions.since(write.type(), began));
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
