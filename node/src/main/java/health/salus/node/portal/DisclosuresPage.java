package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Disclosure;
import health.salus.node.presentation.DisclosureFilter;
import health.salus.node.presentation.OpenedRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
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

    @GetMapping("/{organization}/portal/disclosures")
    String page(
            @ModelAttribute("filter") DisclosureFilter filter,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request,
            Model model) {
        JsonNode bundle =
                portals.read(session, request, filter.target(session.patient().value(), MOST_PER_PAGE));
        model.addAttribute("disclosures", disclosures(bundle));
        model.addAttribute("next", DisclosureFilter.next(bundle));
        model.addAttribute("emergencies", emergencies(session));
        return "portal/disclosures";
    }

    /** All that the filter lets through, as a FHIR Bundle. */
    @GetMapping("/{organization}/portal/disclosures/bundle")
    ResponseEntity<byte[]> bundle(
            @ModelAttribute("filter") DisclosureFilter filter,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request) {
        return Bundles.collected(
                "disclosures.json",
                portals.custodian(session.organization()).fhirBase(),
                filter.target(session.patient().value(), MOST_PER_READ),
                target -> portals.read(session, request, target));
    }

    /** The same as a table. */
    @GetMapping("/{organization}/portal/disclosures/table")
    ResponseEntity<byte[]> table(
            @ModelAttribute("filter") DisclosureFilter filter,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request) {
        StringBuilder csv = new StringBuilder("time,who,released,action,what,purpose,grant,emergency,event\r\n");
        Bundles.forEachPage(
                portals.custodian(session.organization()).fhirBase(),
                filter.target(session.patient().value(), MOST_PER_READ),
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

    private List<OpenedRecord> emergencies(PatientSession session) {
        var custodian = portals.custodian(session.organization());
        custodian.follower().awaitHeight(portals.height());
        var access = portals.access();
        return custodian.notifications().of(session.patient().value(), MOST_EVENTS).stream()
                .filter(event -> event.type().equals("access.emergency-opened"))
                .flatMap(event -> event.handle("emergency").stream())
                .flatMap(id -> access.emergency(id).stream())
                .map(emergency ->
                        OpenedRecord.of(emergency, custodian.justifications().of(emergency.id()), clock.instant()))
                .toList();
    }

    private static List<Disclosure> disclosures(JsonNode bundle) {
        return bundle.path("entry")
                .valueStream()
                .map(entry -> Disclosure.of(entry.path("resource")))
                .toList();
    }
}
