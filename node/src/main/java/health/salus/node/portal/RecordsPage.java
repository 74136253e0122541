package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.ResourceVersion;
import health.salus.node.gateway.FhirProblem;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Chart;
import health.salus.node.presentation.RecordKind;
import health.salus.node.presentation.RecordList;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The patient's records: all kinds in one timeline, or one kind; each with its receipt. */
@PageController
class RecordsPage {
    private static final int PER_PAGE = 20;
    private static final String CURSOR = "[A-Za-z0-9_-]{1,6000}";
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final Portals portals;

    RecordsPage(Portals portals) {
        this.portals = portals;
    }

    /**
     * A page of records, the newest first.
     *
     * @param kind resource type, empty for all
     * @param from where it begins, as the page before it says; empty for the newest
     */
    @GetMapping("/{organization}/portal/records")
    String page(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String from,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request,
            Model model) {
        String types = kind.isEmpty()
                ? RecordKind.ALL
                : RecordKind.of(kind)
                        .map(RecordKind::type)
                        .orElseThrow(() -> Problem.of(404, "not-found", "there is no such kind of records"));
        if (!from.isEmpty() && !from.matches(CURSOR)) {
            throw Problem.of(400, "invalid-argument", "from: not where a page begins");
        }
        JsonNode bundle;
        try {
            bundle = portals.read(
                    session,
                    request,
                    from.isEmpty()
                            ? "?patient=" + session.patient() + "&_type=" + types + "&_count=" + PER_PAGE
                            : "?_cursor=" + from);
        } catch (FhirProblem problem) {
            if (problem.status() == 410 && !from.isEmpty()) { // such links work for half an hour
                return "redirect:/" + session.organization() + "/portal/records?kind=" + kind;
            }
            throw problem;
        }
        RecordList list = RecordList.of(bundle);
        model.addAttribute(
                "kinds",
                Arrays.stream(RecordKind.values()).map(RecordKind::type).toList());
        model.addAttribute("kind", kind);
        model.addAttribute("list", list);
        model.addAttribute("charts", Chart.of(list.items()));
        model.addAttribute("base", portals.custodian(session.organization()).fhirBase());
        return "portal/records";
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

    private static ResourceVersion named(String type, String id, String version) {
        try {
            return new ResourceVersion(type, id, version);
        } catch (IllegalArgumentException e) {
            throw Problem.of(404, "not-found", "there is no such record");
        }
    }
}
