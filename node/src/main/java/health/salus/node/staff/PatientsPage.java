package health.salus.node.staff;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Terms;
import health.salus.contracts.rule.Codes;
import health.salus.identity.Handle;
import health.salus.node.pages.PageController;
import health.salus.node.requester.RecordLocator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Where staff find who keeps a patient's records, and ask for them or, in an emergency, open them. The handle is posted, so that
 * it is in no address.
 */
@PageController
class PatientsPage {
    private static final String TEMPLATE = "staff/patients";

    private final Exchange exchange;
    private final SecureRandom random;

    PatientsPage(Exchange exchange, SecureRandom random) {
        this.exchange = exchange;
        this.random = random;
    }

    @GetMapping("/{organization}/staff/patients")
    String page(Model model) {
        model.addAttribute("patient", "");
        return TEMPLATE;
    }

    /** @param patient a handle, as somebody wrote or pasted it */
    @PostMapping("/{organization}/staff/patients")
    String find(
            @RequestParam(defaultValue = "") String patient,
            @AuthenticationPrincipal StaffSession session,
            Model model) {
        String handle = patient.strip();
        model.addAttribute("patient", handle);
        Optional<String> custodian = Handle.isHandle(handle)
                ? exchange.custodian(new Handle(handle)).map(RecordLocator.Located::organization)
                : Optional.empty();
        String state = custodian
                .map(found -> found.equals(session.organization()) ? "own" : "found")
                .orElse(Handle.isHandle(handle) ? "unknown" : "malformed");
        model.addAttribute("state", state);
        custodian.ifPresent(found -> model.addAttribute("custodian", found));
        if (state.equals("found")) {
            addChoices(session, model);
        }
        return TEMPLATE;
    }

    private void addChoices(StaffSession session, Model model) {
        model.addAttribute("mayOpen", exchange.mayOpen(session));
        model.addAttribute(
                "purposes",
                Arrays.stream(PurposeOfUse.values()).map(PurposeOfUse::name).toList());
        model.addAttribute("presets", ScopePreset.codes());
        model.addAttribute("types", RequestForm.choice());
        model.addAttribute("categories", RequestForm.CATEGORIES);
        model.addAttribute("labels", RequestForm.LABELS);
        model.addAttribute("days", RequestForm.DAYS);
        model.addAttribute(
                "reasons",
                Arrays.stream(EmergencyReason.values()).map(Codes::code).toList());
        model.addAttribute("hours", OpenedPage.HOURS);
    }

    /** Drafts a request. Its terms are kept before anybody signs them. */
    @PostMapping("/{organization}/staff/patients/drafts")
    @ResponseBody
    Map<String, String> draft(@RequestBody RequestForm form, @AuthenticationPrincipal StaffSession session) {
        Handle patient = form.handle();
        RecordLocator.Located custodian = exchange.custodian(patient).orElseThrow(Exchange::nothing);
        Handle grant = Handle.random();
        Terms terms = form.terms(random);
        Map<String, String> draft = new LinkedHashMap<>(exchange.draft(
                session, new AccessAction.Request(grant, patient, terms.commitment(), form.period(exchange.now()))));
        exchange.drafting(session).requests().draft(grant, patient, session.certificate(), terms, exchange.now());
        draft.put("terms", encoded(terms.canonical()));
        draft.put("custodian", custodian.organization());
        return draft;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
