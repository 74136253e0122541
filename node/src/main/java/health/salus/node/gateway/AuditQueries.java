package health.salus.node.gateway;

import health.salus.contracts.network.Attribute;
import health.salus.node.audit.AuditRecord;
import health.salus.node.audit.AuditTrail;
import health.salus.node.smart.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers {@code GET AuditEvent?patient=<handle>}: who saw what of a patient, when and why. For the patient themselves (EHDS
 * Art. 9) and for the organization's auditors. Thread-safe.
 */
final class AuditQueries {
    private static final int MOST_PER_PAGE = 100;
    private static final String BEFORE = "_before";

    private final AuditTrail trail;
    private final String base;

    AuditQueries(AuditTrail trail, String base) {
        this.trail = trail;
        this.base = base;
    }

    /** Whether this is asked about audit events. */
    static boolean concerns(RestfulInteraction interaction) {
        return switch (interaction) {
            case RestfulInteraction.Search(String type) -> type.equals("AuditEvent");
            case RestfulInteraction.Read(String type, String id) -> type.equals("AuditEvent");
            default -> false;
        };
    }

    Answer answer(Request request) {
        Caller caller = request.session().caller();
        return switch (request.interaction()) {
            case RestfulInteraction.Read(String type, String id) -> read(caller, id);
            default -> search(request, caller);
        };
    }

    private Answer read(Caller caller, String id) {
        AuditRecord record = trail.find(id).map(AuditTrail.Found::record).orElseThrow(FhirProblem::notFound);
        if (!mayRead(caller, record.handle())) {
            throw FhirProblem.notFound();
        }
        return Answer.of(record.event(), Map.of("ETag", "W/\"1\""));
    }

    private Answer search(Request request, Caller caller) {
        Optional<String> named = request.parameter("patient").map(AuditQueries::withoutType);
        String handle = named.orElseGet(() -> caller instanceof Caller.Person person ? person.patient() : "");
        if (!mayRead(caller, handle)) {
            throw FhirProblem.forbidden("only the patient and the organization's auditors see who saw what");
        }
        int count = Math.min(
                MOST_PER_PAGE,
                Math.max(
                        1,
                        request.parameter("_count").map(ConfinedSearch::count).orElse(MOST_PER_PAGE)));
        long before = request.parameter(BEFORE).map(AuditQueries::position).orElse(Long.MAX_VALUE);
        List<AuditTrail.Found> found =
                handle.isEmpty() ? trail.findAll(before, count) : trail.find(handle, before, count);
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", base + "/AuditEvent?" + request.query());
        if (found.size() == count) {
            String patient = handle.isEmpty() ? "" : "patient=" + handle + "&";
            links.put(
                    "next",
                    base + "/AuditEvent?" + patient + "_count=" + count + "&" + BEFORE + "="
                            + found.getLast().position());
        }
        return Answer.of(
                200,
                BundleWriter.write(
                        "searchset",
                        null,
                        links,
                        found.stream().map(this::entry).toList()));
    }

    private BundleSlices.Entry entry(AuditTrail.Found found) {
        return new BundleSlices.Entry(
                base + "/AuditEvent/" + found.record().id(), found.record().event(), null, null, null);
    }

    /** Everybody's, with an empty handle, is for auditors. */
    static boolean mayRead(Caller caller, String handle) {
        return switch (caller) {
            case Caller.Person person -> person.patient().equals(handle);
            case Caller.Own own -> own.isAdminOr(Attribute.AUDITOR);
            case Caller.Outsider outsider -> false;
        };
    }

    private static String withoutType(String reference) {
        return reference.startsWith("Patient/") ? reference.substring("Patient/".length()) : reference;
    }

    private static long position(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw FhirProblem.invalid(BEFORE + ": not a place in the audit trail");
        }
        return Long.parseLong(text);
    }
}
