package health.salus.node.gateway;

import health.salus.contracts.network.Attribute;
import health.salus.node.audit.AuditFilter;
import health.salus.node.audit.AuditRecord;
import health.salus.node.audit.AuditTrail;
import health.salus.node.smart.Caller;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers {@code GET AuditEvent?patient=<handle>}: who saw what of a patient, when and why. For the patient themselves (EHDS
 * Art. 9) and for the organization's auditors, who see everybody's without {@code patient}. May be narrowed by {@code date=ge…} and {@code date=lt…} with instants, by
 * {@code requester}, an organization's id, and by {@code requester:missing=false}, which leaves out what the patient's own keys
 * asked. Thread-safe.
 */
final class AuditQueries {
    private static final int MOST_PER_PAGE = 100;
    private static final String BEFORE = "_before";
    private static final Set<String> FILTERS = Set.of("date", "requester", "requester:missing");

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
        List<AuditTrail.Found> found = trail.find(handle, filter(request), before, count);
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", base + "/AuditEvent?" + request.query());
        if (found.size() == count) {
            links.put("next", base + "/AuditEvent?" + next(request, handle, count, found.getLast()));
        }
        return Answer.of(
                200,
                BundleWriter.write(
                        "searchset",
                        null,
                        links,
                        found.stream().map(this::entry).toList()));
    }

    private static String next(Request request, String handle, int count, AuditTrail.Found last) {
        List<Parameter> next = new ArrayList<>();
        if (!handle.isEmpty()) {
            next.add(new Parameter("patient", handle));
        }
        request.parameters().stream()
                .filter(parameter -> FILTERS.contains(parameter.name()))
                .forEach(next::add);
        next.add(new Parameter("_count", Integer.toString(count)));
        next.add(new Parameter(BEFORE, Long.toString(last.position())));
        return Parameter.query(next);
    }

    private static AuditFilter filter(Request request) {
        Instant from = AuditFilter.ALL.from();
        Instant until = AuditFilter.ALL.until();
        for (Parameter parameter : request.parameters()) {
            if (parameter.name().equals("date")) {
                switch (parameter
                        .value()
                        .substring(0, Math.min(2, parameter.value().length()))) {
                    case "ge" -> from = instant(parameter.value());
                    case "lt" -> until = instant(parameter.value());
                    default -> throw FhirProblem.invalid("date: expected ge or lt with an instant");
                }
            }
        }
        return new AuditFilter(
                request.parameter("requester").orElse(""),
                request.parameter("requester:missing").filter("false"::equals).isPresent(),
                from,
                until);
    }

    private static Instant instant(String value) {
        try {
            return Instant.parse(value.substring(2));
        } catch (DateTimeParseException e) {
            throw FhirProblem.invalid("date: expected ge or lt with an instant");
        }
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
