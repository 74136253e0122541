package health.salus.node.staff;

import health.salus.fhir.ResourceVersion;
import health.salus.identity.CompactJws;
import health.salus.identity.JwsException;
import health.salus.node.access.PortalOrigin;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Chart;
import health.salus.node.presentation.RecordKind;
import health.salus.node.presentation.RecordList;
import health.salus.node.requester.AccessToken;
import health.salus.node.requester.AssertionClaims;
import health.salus.node.requester.CustodianClient;
import health.salus.node.requester.CustodianException;
import health.salus.node.staff.StaffSession.SigningPasskey;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Where staff read what another organization keeps, under a grant or in an emergency. Their passkey signs who reads, each time for
 * as long as the token that the custodian gives for it; this node can't read without them.
 */
@PageController
class ReadingPage {
    private static final String CURSOR = "[A-Za-z0-9_-]{1,6000}";
    private static final int PER_PAGE = 20;
    private static final int MAX_ASSERTION_BYTES = 4_096;
    private static final MediaType FHIR = MediaType.parseMediaType("application/fhir+json");
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Exchange exchange;
    private final PortalOrigin origin;

    ReadingPage(Exchange exchange, PortalOrigin origin) {
        this.exchange = exchange;
        this.origin = origin;
    }

    /**
     * A page of records, the newest first; or what keeps one from reading.
     *
     * @param ground handle of the grant or emergency access
     * @param kind resource type, empty for all that can be read
     * @param from where it begins, as the page before it says; empty for the newest
     */
    @GetMapping("/{organization}/staff/reading/{ground}")
    String page(
            @PathVariable String ground,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String from,
            @AuthenticationPrincipal StaffSession session,
            HttpSession http,
            HttpServletResponse response,
            Model model) {
        if (!from.isEmpty() && !from.matches(CURSOR)) {
            throw Problem.of(400, "invalid-argument", "from: not where a page begins");
        }
        Ground found = ground(session, ground);
        model.addAttribute("ground", found);
        model.addAttribute("kinds", found.kinds().stream().map(RecordKind::type).toList());
        model.addAttribute("kind", kind);
        Optional<Reading> reading = Readings.of(http).of(found.id(), exchange.now());
        model.addAttribute("state", "locked");
        if (reading.isPresent()) {
            model.addAttribute("state", "open");
            try {
                add(found, reading.get(), kinds(found, kind), from, model);
            } catch (CustodianException e) {
                boolean refused = e.reason() == CustodianException.Reason.REFUSED;
                response.setStatus(refused ? 403 : 503);
                model.addAttribute("state", refused ? "refused" : "unavailable");
                model.addAttribute("status", found.status(exchange.now()));
            }
        }
        return "staff/reading";
    }

    private static void add(Ground ground, Reading reading, List<RecordKind> kinds, String from, Model model) {
        if (ground.covers("Patient")) {
            model.addAttribute("person", Person.of(reading.read("Patient/" + ground.patient())));
        }
        String search = "?patient=" + ground.patient() + "&_count=" + PER_PAGE + "&_type="
                + kinds.stream().map(RecordKind::type).collect(Collectors.joining(","));
        RecordList list = RecordList.of(reading.read(from.isEmpty() ? search : "?_cursor=" + from));
        model.addAttribute("list", list);
        model.addAttribute("charts", Chart.of(list.items()));
        model.addAttribute("base", reading.base());
        model.addAttribute("expires", reading.expires());
    }

    private static List<RecordKind> kinds(Ground ground, String kind) {
        if (kind.isEmpty()) {
            return ground.kinds();
        }
        return List.of(
                RecordKind.of(kind).filter(one -> ground.covers(one.type())).orElseThrow(Exchange::nothing));
    }

    /** Drafts the assertion by which the custodian knows who reads. */
    @PostMapping("/{organization}/staff/reading/{ground}/drafts")
    @ResponseBody
    Map<String, String> draft(
            @PathVariable String ground, @AuthenticationPrincipal StaffSession session, HttpSession http) {
        Ground found = ground(session, ground);
        SigningPasskey passkey = Exchange.passkey(session);
        CustodianClient custodian = exchange.custodian(found.patient())
                .orElseThrow(Exchange::nothing)
                .client();
        URI endpoint = asked(custodian::tokenEndpoint);
        byte[] claims = AssertionClaims.of(passkey.kid(), endpoint, exchange.now());
        Readings.of(http).draft(claims, new Readings.Draft(found.id(), custodian, endpoint));
        return Map.of(
                "payload", ENCODER.encodeToString(claims),
                "kid", passkey.kid().base64Url(),
                "credential", passkey.credential(),
                "relyingParty", origin.relyingParty(),
                "custodian", found.custodian());
    }

    /** Takes the signed assertion to the custodian, and begins to read with the token that it gives. */
    @PostMapping("/{organization}/staff/reading/{ground}")
    @ResponseBody
    Map<String, String> open(
            @PathVariable String ground,
            HttpServletRequest request,
            @AuthenticationPrincipal StaffSession session,
            HttpSession http)
            throws IOException {
        Ground found = ground(session, ground);
        CompactJws assertion = assertion(request);
        if (!assertion.kid().equals(Exchange.passkey(session).kid())) {
            throw Problem.of(403, "forbidden", "signed by another key than signed in");
        }
        Readings readings = Readings.of(http);
        Readings.Draft draft = readings.take(assertion.payload())
                .filter(one -> one.ground().equals(found.id()))
                .orElseThrow(() -> Problem.of(400, "unknown-draft", "not drafted here, or used already"));
        String compact = new String(assertion.compact(), StandardCharsets.US_ASCII);
        AccessToken token = asked(() -> draft.custodian().token(draft.tokenEndpoint(), compact));
        readings.open(found.id(), new Reading(draft.custodian(), token));
        return Map.of("outcome", "accepted");
    }

    private static CompactJws assertion(HttpServletRequest request) throws IOException {
        try {
            return CompactJws.parse(request.getInputStream().readNBytes(MAX_ASSERTION_BYTES + 1), MAX_ASSERTION_BYTES);
        } catch (JwsException e) {
            throw Problem.of(400, "malformed", "no assertion");
        }
    }

    /** One version as it was read, for comparing it with its receipt. */
    @GetMapping("/{organization}/staff/reading/{ground}/{type}/{id}/{version}")
    ResponseEntity<byte[]> version(
            @PathVariable String ground,
            @PathVariable String type,
            @PathVariable String id,
            @PathVariable String version,
            @AuthenticationPrincipal StaffSession session,
            HttpSession http) {
        byte[] read =
                reading(session, ground, http).version(named(type, id, version)).orElseThrow(Exchange::nothing);
        return ResponseEntity.ok().contentType(FHIR).body(read);
    }

    /** Its receipt; 202 while the custodian has none. */
    @GetMapping("/{organization}/staff/reading/{ground}/{type}/{id}/{version}/receipt")
    ResponseEntity<byte[]> receipt(
            @PathVariable String ground,
            @PathVariable String type,
            @PathVariable String id,
            @PathVariable String version,
            @AuthenticationPrincipal StaffSession session,
            HttpSession http) {
        Reading reading = reading(session, ground, http);
        ResourceVersion named = named(type, id, version);
        if (reading.version(named).isEmpty()) {
            throw Exchange.nothing();
        }
        return asked(() -> reading.receipt(named))
                .map(receipt -> ResponseEntity.ok().contentType(TEXT).body(receipt))
                .orElseGet(() -> ResponseEntity.accepted()
                        .header(HttpHeaders.RETRY_AFTER, "1")
                        .build());
    }

    private Reading reading(StaffSession session, String ground, HttpSession http) {
        return Readings.of(http)
                .of(ground(session, ground).id(), exchange.now())
                .orElseThrow(() -> Problem.of(403, "forbidden", "the token has ended"));
    }

    private Ground ground(StaffSession session, String id) {
        return exchange.ground(session, id).orElseThrow(Exchange::nothing);
    }

    private static ResourceVersion named(String type, String id, String version) {
        try {
            return new ResourceVersion(type, id, version);
        } catch (IllegalArgumentException e) {
            throw Exchange.nothing();
        }
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (CustodianException e) {
            throw e.reason() == CustodianException.Reason.REFUSED
                    ? Problem.of(403, "refused", "the custodian refused")
                    : Problem.of(503, "custodian-unavailable", "the custodian gives no answer");
        }
    }
}
