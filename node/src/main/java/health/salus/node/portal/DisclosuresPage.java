package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.Emergency;
import health.salus.contracts.rule.Codes;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonReader;
import health.salus.identity.Handle;
import health.salus.identity.OrganizationId;
import health.salus.node.pages.PageController;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who saw what of the patient, when and why (EHDS Art. 9); and who opened the record in an emergency. */
@PageController
class DisclosuresPage {
    private static final int MOST_PER_PAGE = 50;
    private static final int MOST_PER_READ = 100;
    private static final int MOST_EVENTS = 1_000;
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final Portals portals;
    private final InstantSource clock;

    DisclosuresPage(Portals portals, InstantSource clock) {
        this.portals = portals;
        this.clock = clock;
    }

    /**
     * What the form on the page says.
     *
     * @param who organization's id, or empty
     * @param from first day, or empty
     * @param to last day, or empty
     * @param own {@code on} to see one's own reading as well
     * @param before where the page begins, or empty
     */
    record Filter(String who, String from, String to, String own, String before) {
        Filter {
            who = who == null ? "" : who.strip();
            from = from == null ? "" : from;
            to = to == null ? "" : to;
            own = own == null ? "" : own;
            before = before == null ? "" : before;
        }

        /** The search at the FHIR door. */
        String target(PatientSession session, int count) {
            StringBuilder target = new StringBuilder("AuditEvent?patient=" + session.patient() + "&_count=" + count);
            if (!who.isEmpty()) {
                if (!OrganizationId.isId(who)) {
                    throw Problem.of(400, "invalid-argument", "who: not an organization's id");
                }
                target.append("&requester=").append(who);
            }
            if (!own.equals("on")) {
                target.append("&requester:missing=false");
            }
            if (!from.isEmpty()) {
                target.append("&date=ge").append(day(from));
            }
            if (!to.isEmpty()) {
                target.append("&date=lt")
                        .append(day(LocalDate.parse(to).plusDays(1).toString()));
            }
            if (before.matches("[0-9]{1,18}")) {
                target.append("&_before=").append(before);
            }
            return target.toString();
        }

        private static Instant day(String text) {
            return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        }
    }

    /**
     * An emergency access.
     *
     * @param state what became of it: {@code accepted}, {@code objected}, {@code justified}, {@code due} or {@code overdue}
     */
    record Opened(Emergency emergency, String reason, String state) {}

    @GetMapping("/{organization}/portal/disclosures")
    String page(
            @ModelAttribute Filter filter,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request,
            Model model) {
        JsonNode bundle = portals.read(session, request, target(filter, session, MOST_PER_PAGE));
        model.addAttribute("filter", filter);
        model.addAttribute("disclosures", disclosures(bundle));
        model.addAttribute(
                "next", Bundles.next(bundle).map(DisclosuresPage::position).orElse(""));
        model.addAttribute("emergencies", emergencies(session));
        return "portal/disclosures";
    }

    /** All that the filter lets through, as a FHIR Bundle. */
    @GetMapping("/{organization}/portal/disclosures/bundle")
    ResponseEntity<byte[]> bundle(
            @ModelAttribute Filter filter,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request) {
        return Bundles.collected(
                "disclosures.json",
                portals.custodian(session.organization()).fhirBase(),
                target(filter, session, MOST_PER_READ),
                target -> portals.read(session, request, target));
    }

    /** The same as a table. */
    @GetMapping("/{organization}/portal/disclosures/table")
    ResponseEntity<byte[]> table(
            @ModelAttribute Filter filter,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request) {
        StringBuilder csv = new StringBuilder("time,who,released,action,what,purpose,grant,emergency,event\r\n");
        Bundles.forEachPage(
                portals.custodian(session.organization()).fhirBase(),
                target(filter, session, MOST_PER_READ),
                target -> portals.read(session, request, target),
                page -> disclosures(page).forEach(one -> csv.append(row(one))));
        return Bundles.file("disclosures.csv", CSV, csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing in it needs quotation marks: ids, codes and numbers. */
    private static String row(Disclosure one) {
        return Stream.of(
                        one.time().toString(),
                        one.who(),
                        Boolean.toString(one.released()),
                        one.action(),
                        one.what().entrySet().stream()
                                .map(type -> type.getValue() + " " + type.getKey())
                                .collect(Collectors.joining("; ")),
                        String.join(" ", one.purposes()),
                        one.grant(),
                        one.emergency(),
                        one.id())
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String target(Filter filter, PatientSession session, int count) {
        try {
            return filter.target(session, count);
        } catch (DateTimeException e) {
            throw Problem.of(400, "invalid-argument", "from or to: not a day");
        }
    }

    private List<Opened> emergencies(PatientSession session) {
        var custodian = portals.custodian(session.organization());
        custodian.follower().awaitHeight(portals.height());
        var access = portals.access();
        return custodian.notifications().of(session.patient().value(), MOST_EVENTS).stream()
                .filter(event -> event.type().equals("access.emergency-opened"))
                .map(event -> JsonReader.object(event.data().getBytes(StandardCharsets.UTF_8)))
                .flatMap(data -> data.members().get("emergency") instanceof JsonString(String id)
                        ? access.emergency(new Handle(id)).stream()
                        : Stream.empty())
                .map(this::opened)
                .toList();
    }

    private Opened opened(Emergency emergency) {
        String state = emergency
                .finding()
                .map(Codes::code)
                .orElseGet(() -> emergency.justification().isPresent()
                        ? "justified"
                        : clock.instant().isBefore(emergency.justifyBy()) ? "due" : "overdue");
        return new Opened(emergency, Codes.code(emergency.reason()), state);
    }

    private static List<Disclosure> disclosures(JsonNode bundle) {
        return bundle.path("entry")
                .valueStream()
                .map(entry -> Disclosure.of(entry.path("resource")))
                .toList();
    }

    private static String position(String url) {
        return url.substring(url.lastIndexOf('=') + 1);
    }
}
