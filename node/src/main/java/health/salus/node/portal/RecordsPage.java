package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.ResourceVersion;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Chart;
import health.salus.node.presentation.RecordItem;
import health.salus.node.presentation.RecordKind;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The patient's records: all kinds in one timeline, or one kind; each with its receipt; and everything as a file. */
@PageController
class RecordsPage {
    private static final int PER_PAGE = 20;
    private static final int PER_KIND_IN_TIMELINE = 8;
    private static final int PER_READ = 100;
    private static final String DATE = "[0-9]{4}[0-9T:.Z+-]{0,31}";
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final Portals portals;

    RecordsPage(Portals portals) {
        this.portals = portals;
    }

    private record Page(List<RecordItem> items, String earlierThan) {}

    /**
     * A page of records, the newest first.
     *
     * @param kind resource type, empty for all
     * @param before FHIR date that they are earlier than, empty for no limit
     */
    @GetMapping("/{organization}/portal/records")
    String page(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String before,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request,
            Model model) {
        if (!before.isEmpty() && !before.matches(DATE)) {
            throw Problem.of(400, "invalid-argument", "before: not a date");
        }
        List<RecordKind> kinds = kind.isEmpty()
                ? List.of(RecordKind.values())
                : List.of(RecordKind.of(kind)
                        .orElseThrow(() -> Problem.of(404, "not-found", "there is no such kind of records")));
        Page page = page(session, request, kinds, before);
        model.addAttribute(
                "kinds",
                Arrays.stream(RecordKind.values()).map(RecordKind::type).toList());
        model.addAttribute("kind", kind);
        model.addAttribute("items", page.items);
        model.addAttribute("earlierThan", page.earlierThan);
        model.addAttribute("charts", Chart.of(page.items));
        return "portal/records";
    }

    private Page page(PatientSession session, HttpServletRequest request, List<RecordKind> kinds, String before) {
        int count = kinds.size() == 1 ? PER_PAGE : PER_KIND_IN_TIMELINE;
        List<RecordItem> items = new ArrayList<>();
        boolean more = false;
        for (RecordKind kind : kinds) {
            JsonNode bundle =
                    portals.read(session, request, kind.search(session.patient().value(), count, before));
            bundle.path("entry").forEach(entry -> items.add(RecordItem.of(entry.path("resource"))));
            more |= Bundles.next(bundle).isPresent();
        }
        items.sort(Comparator.comparing(RecordItem::instant).reversed());
        List<RecordItem> shown = shown(items, count);
        boolean earlier = more || shown.size() < items.size();
        return new Page(shown, earlier && !shown.isEmpty() ? shown.getLast().date() : "");
    }

    /** The first {@code count}, and those that were at the same time as the last of them: the next page begins earlier. */
    private static List<RecordItem> shown(List<RecordItem> items, int count) {
        if (items.size() <= count) {
            return items;
        }
        Instant last = items.get(count - 1).instant();
        return items.stream().filter(item -> !item.instant().isBefore(last)).toList();
    }

    /** One version as it is stored, for comparing it with its receipt. */
    @GetMapping("/{organization}/portal/records/{type}/{id}/{version}")
    ResponseEntity<byte[]> resource(
            @PathVariable String type,
            @PathVariable String id,
            @PathVariable String version,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request) {
        String target = named(type, id, version).toString();
        return ResponseEntity.ok().contentType(Bundles.FHIR).body(portals.bytes(session, request, target));
    }

    /** Its receipt; 202 while the ledger doesn't have the record log's head yet. */
    @GetMapping("/{organization}/portal/records/{type}/{id}/{version}/receipt")
    ResponseEntity<byte[]> receipt(
            @PathVariable String type,
            @PathVariable String id,
            @PathVariable String version,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request) {
        return portals.receipt(session, request, named(type, id, version))
                .map(receipt -> ResponseEntity.ok()
                        .contentType(TEXT)
                        .body(receipt.encode().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> ResponseEntity.accepted()
                        .header(HttpHeaders.RETRY_AFTER, "1")
                        .build());
    }

    /** Everything, as one FHIR Bundle. */
    @GetMapping("/{organization}/portal/records/bundle")
    ResponseEntity<byte[]> bundle(@AuthenticationPrincipal PatientSession session, HttpServletRequest request) {
        return Bundles.collected(
                "records.json",
                portals.custodian(session.organization()).fhirBase(),
                "Patient/" + session.patient() + "/$everything?_count=" + PER_READ,
                target -> portals.read(session, request, target));
    }

    private static ResourceVersion named(String type, String id, String version) {
        try {
            return new ResourceVersion(type, id, version);
        } catch (IllegalArgumentException e) {
            throw Problem.of(404, "not-found", "there is no such record");
        }
    }
}
