package health.salus.node.staff;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.Emergency;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.rule.Codes;
import health.salus.identity.Handle;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.OpenedRecord;
import health.salus.node.requester.OwnEmergencies.Justification;
import health.salus.node.requester.Requester;
import health.salus.node.web.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/** Records that the organization's staff opened in an emergency, and what has to be justified yet. */
@PageController
class OpenedPage {
    /** For how many hours a record can be opened. */
    static final List<Integer> HOURS = List.of(1, 4, 12);

    private static final int MOST_SHOWN = 200;
    private static final int LONGEST_TEXT = 4_000;
    private static final Codes<EmergencyReason> REASONS = Codes.of(EmergencyReason.class);

    private final Exchange exchange;

    OpenedPage(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What the form says of an emergency. */
    record EmergencyForm(String patient, String reason, int hours) {}

    /** What the form says of a justification. */
    record JustificationForm(String text) {}

    /**
     * A record that was opened.
     *
     * @param mine whether the session's holder opened it
     * @param lasts whether it can be read now
     */
    record Row(OpenedRecord opened, boolean mine, boolean lasts) {}

    @GetMapping("/{organization}/staff/opened")
    String page(@AuthenticationPrincipal StaffSession session, Model model) {
        Requester requester = exchange.requester(session);
        requester.delivery().wake(); // one may just have been justified
        List<Emergency> due = exchange.access().toJustify(session.certificate());
        List<Emergency> others = requester.emergencies().newest(MOST_SHOWN).stream()
                .flatMap(id -> exchange.access().emergency(id).stream())
                .filter(emergency -> !due.contains(emergency))
                .toList();
        model.addAttribute("due", rows(due, requester, session));
        model.addAttribute("others", rows(others, requester, session));
        return "staff/opened";
    }

    private List<Row> rows(List<Emergency> emergencies, Requester requester, StaffSession session) {
        return emergencies.stream()
                .map(emergency -> row(emergency, requester, session))
                .toList();
    }

    private Row row(Emergency emergency, Requester requester, StaffSession session) {
        Optional<String> text = emergency
                .justification()
                .flatMap(commitment -> requester.emergencies().justification(emergency.id(), commitment))
                .map(Justification::text);
        return new Row(
                OpenedRecord.of(emergency, text, exchange.now()),
                emergency.signer().equals(session.certificate()),
                emergency.lasts(exchange.now()));
    }

    /** Drafts the opening of a record. */
    @PostMapping("/{organization}/staff/opened/drafts")
    @ResponseBody
    Map<String, String> open(@RequestBody EmergencyForm form, @AuthenticationPrincipal StaffSession session) {
        if (!HOURS.contains(form.hours) || !REASONS.all().contains(form.reason) || !Handle.isHandle(form.patient)) {
            throw Problem.of(400, "invalid-argument", "not what the form offers");
        }
        Handle patient = new Handle(form.patient);
        String custodian =
                exchange.custodian(patient).orElseThrow(Exchange::nothing).organization();
        Handle emergency = Handle.random();
        Map<String, String> draft = new LinkedHashMap<>(exchange.draft(
                session,
                new AccessAction.BreakGlass(
                        emergency,
                        patient,
                        REASONS.constant(form.reason),
                        exchange.now().plus(Duration.ofHours(form.hours)).truncatedTo(ChronoUnit.SECONDS))));
        exchange.drafting(session).emergencies().draft(emergency, exchange.now());
        draft.put("custodian", custodian);
        return draft;
    }

    /** Drafts the justification of an access that the session's holder opened. Its text is kept before it is signed. */
    @PostMapping("/{organization}/staff/opened/{emergency}/justification/drafts")
    @ResponseBody
    Map<String, String> justify(
            @PathVariable String emergency,
            @RequestBody JustificationForm form,
            @AuthenticationPrincipal StaffSession session) {
        String text = form.text.strip();
        if (text.isEmpty()
                || text.length() > LONGEST_TEXT
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.of(400, "invalid-argument", "text: 1 to " + LONGEST_TEXT + " characters of Unicode");
        }
        Emergency found = Optional.of(emergency)
                .filter(Handle::isHandle)
                .flatMap(id -> exchange.access().emergency(new Handle(id)))
                .filter(one -> one.signer().equals(session.certificate()))
                .orElseThrow(Exchange::nothing);
        Exchange.passkey(session);
        Justification justification = exchange.requester(session).emergencies().justify(found.id(), text);
        Map<String, String> draft = new LinkedHashMap<>(
                exchange.draft(session, new AccessAction.Justify(found.id(), justification.commitment())));
        draft.put("salt", justification.salt().base64Url());
        draft.put("text", text);
        return draft;
    }
}
