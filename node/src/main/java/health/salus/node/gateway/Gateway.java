package health.salus.node.gateway;

import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.audit.AuditUnavailableException;
import health.salus.node.backend.BackendException;
import health.salus.node.proof.TamperedException;
import health.salus.node.proof.UnreadableVersionException;
import health.salus.node.records.RecordStoreException;
import health.salus.node.smart.Caller;
import health.salus.node.smart.SmartScopes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/** One organization's FHIR gateway: sends each caller the way that is theirs, and audits what comes of it. Thread-safe. */
public final class Gateway {
    private final Capabilities capabilities;
    private final OwnUse ownUse;
    private final OwnWrites ownWrites;
    private final OwnBundles ownBundles;
    private final OutsideUse outsideUse;
    private final OutsideBatch outsideBatch;
    private final AuditQueries audits;
    private final ReceiptUse receipts;
    private final Auditor auditor;

    Gateway(
            Capabilities capabilities,
            OwnUse ownUse,
            OwnWrites ownWrites,
            OwnBundles ownBundles,
            OutsideUse outsideUse,
            AuditQueries audits,
            ReceiptUse receipts,
            Auditor auditor) {
        this.capabilities = capabilities;
        this.ownUse = ownUse;
        this.ownWrites = ownWrites;
        this.ownBundles = ownBundles;
        this.outsideUse = outsideUse;
        this.outsideBatch = new OutsideBatch(this::outside);
        this.audits = audits;
        this.receipts = receipts;
        this.auditor = auditor;
    }

    /** What the server can do; for everybody. */
    Answer capabilities() {
        return withProblems(capabilities::answer);
    }

    /** The answer to one request. @throws FhirProblem where there is none */
    Answer answer(Request request) {
        return withProblems(() -> {
            if (AuditQueries.concerns(request.interaction())) {
                return audits.answer(request);
            }
            if (request.session().caller() instanceof Caller.Own) {
                return own(request);
            }
            return request.interaction() instanceof RestfulInteraction.Bundle
                    ? outsideBatch.answer(request)
                    : outside(request);
        });
    }

    /**
     * The receipt of a version; the caller must be able to read that.
     *
     * @param request a read of the version
     */
    ReceiptUse.Outcome receipt(Request request, ResourceVersion version) {
        return withProblems(() -> {
            Caller caller = request.session().caller();
            if (version.type().equals("AuditEvent")) {
                return receipts.ofAuditEvent(caller, version.id());
            }
            if (!(caller instanceof Caller.Own)) {
                outside(request);
            }
            return receipts.of(version);
        });
    }

    /**
     * Versions as they are stored, each with its receipt, for somebody from outside who may read them all: one disclosure.
     *
     * @param request an operation that stands for these reads
     */
    PageReads.Proofs proofs(Request request, List<ResourceVersion> versions) {
        return withProblems(() -> {
            Inquiry inquiry = new Inquiry(request);
            Map<ResourceVersion, byte[]> stored = outside(inquiry, asked -> outsideUse.versions(asked, versions));
            List<PageReads.Proof> proofs = new ArrayList<>();
            stored.forEach((version, resource) -> proofs.add(new PageReads.Proof(version, resource, found(version))));
            return new PageReads.Proofs(proofs, List.copyOf(inquiry.altered()));
        });
    }

    private Optional<RecordReceipt> found(ResourceVersion version) {
        return switch (receipts.of(version)) {
            case ReceiptUse.Outcome.Ready(RecordReceipt receipt) -> Optional.of(receipt);
            case ReceiptUse.Outcome.NotYet notYet -> Optional.empty();
        };
    }

    /** A page of a search by somebody from outside, with the receipts of what is on it: one disclosure. */
    PageReads.ProvenPage provenPage(Request request) {
        return withProblems(() -> {
            Inquiry inquiry = new Inquiry(request);
            BundleSlices bundle =
                    BundleSlices.of(outside(inquiry, outsideUse::answer).body());
            List<BundleSlices.Entry> entries = bundle.entries().stream()
                    .filter(entry -> !entry.isOutcome())
                    .map(entry -> new BundleSlices.Entry(entry.fullUrl(), entry.resource(), null, null, null))
                    .toList();
            Map<ResourceVersion, Optional<RecordReceipt>> proofs = new LinkedHashMap<>();
            inquiry.disclosed().keySet().forEach(version -> proofs.put(version, found(version)));
            return new PageReads.ProvenPage(
                    BundleWriter.write("collection", null, Map.of(), entries),
                    proofs,
                    List.copyOf(inquiry.altered()),
                    Optional.ofNullable(bundle.links().get("next")).map(url -> url.substring(url.indexOf('?'))));
        });
    }

    /** The same receipt as a FHIR Provenance, under the record log's own newest checkpoint. */
    Answer provenance(Request request, ResourceVersion version) {
        return withProblems(() -> {
            if (!(request.session().caller() instanceof Caller.Own)) {
                outside(request);
            }
            return Answer.of(200, receipts.provenance(version));
        });
    }

    private static <T> T withProblems(Supplier<T> work) {
        try {
            return work.get();
        } catch (TamperedException e) {
            throw FhirProblem.tampered(e.version());
        } catch (AuditUnavailableException e) {
            throw FhirProblem.unavailable("the audit trail can't be written, so nothing is disclosed");
        } catch (RecordStoreException e) {
            throw FhirProblem.unavailable("the record log can't be read or written; look before repeating a write");
        } catch (UnreadableVersionException e) {
            throw FhirProblem.unavailable("the FHIR server did not hand out what it had stored; look before repeating");
        } catch (BackendException e) {
            throw Upstream.problem(e);
        } catch (DataAccessException e) {
            throw FhirProblem.unavailable("the gateway's own store can't be read or written; nothing is disclosed");
        } catch (FhirJsonException e) { // requests are read by the server behind, so this is about its answers
            throw FhirProblem.upstream("the FHIR server answered with something that can't be read as FHIR JSON");
        }
    }

    private Answer own(Request request) {
        requireScope(request);
        return switch (request.interaction()) {
            case RestfulInteraction.Write write -> ownWrites.answer(request, write);
            case RestfulInteraction.Bundle bundle -> ownBundles.answer(request);
            default -> ownUse.answer(request);
        };
    }

    /** Answers and audits; nothing is answered before that is durable. */
    private Answer outside(Request request) {
        return outside(new Inquiry(request), outsideUse::answer);
    }

    private <T> T outside(Inquiry inquiry, Function<Inquiry, T> use) {
        T answer;
        try {
            answer = use.apply(inquiry);
        } catch (FhirProblem problem) {
            auditor.refused(inquiry);
            throw problem;
        }
        auditor.disclosed(inquiry);
        return answer;
    }

    private static void requireScope(Request request) {
        SmartScopes scopes = request.session().scopes();
        boolean permitted = switch (request.interaction()) {
            case RestfulInteraction.Capabilities capabilities -> true;
            case RestfulInteraction.Read(String type, String id) -> scopes.permit(type, 'r');
            case RestfulInteraction.VersionRead(String type, String id, String version) -> scopes.permit(type, 'r');
            case RestfulInteraction.InstanceHistory(String type, String id) -> scopes.permit(type, 'r');
            case RestfulInteraction.WideHistory history -> scopes.permit("*", 'r');
            case RestfulInteraction.Search(String type) -> scopes.permit(type, 's');
            case RestfulInteraction.SystemSearch search -> scopes.permit("*", 's');
            case RestfulInteraction.Operation operation -> scopes.permit("*", 's');
            case RestfulInteraction.Bundle bundle -> "cruds".chars().allMatch(verb -> scopes.permit("*", (char) verb));
            case RestfulInteraction.Write(RestfulInteraction.Verb verb, String type, String id) ->
                scopes.permit(type, letter(verb));
        };
        if (!permitted) {
            throw FhirProblem.forbidden("the access token's scopes don't cover this");
        }
    }

    private static char letter(RestfulInteraction.Verb verb) {
        return switch (verb) {
            case CREATE -> 'c';
            case UPDATE, PATCH -> 'u';
            case DELETE -> 'd';
        };
    }
}
