package health.salus.node.staff;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.audit.Identifiers;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Disclosure;
import health.salus.node.presentation.DisclosureFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Who saw what of the custodian's patients; looking at it is audited too. */
@PageController
class CustodianDisclosuresPage {
    private static final int MOST_PER_PAGE = 50;

    private final CustodianDesk desk;

    CustodianDisclosuresPage(CustodianDesk desk) {
        this.desk = desk;
    }

    /**
     * A disclosure.
     *
     * @param patient handle; empty where no patient was concerned
     */
    record Shown(String patient, Disclosure disclosure) {
        static Shown of(JsonNode event) {
            String patient = event.path("entity")
                    .valueStream()
                    .map(entity -> entity.path("what").path("identifier"))
                    .filter(identifier -> identifier.path("system").asText().equals(Identifiers.PATIENT))
                    .map(identifier -> identifier.path("value").asText())
                    .findFirst()
                    .orElse("");
            return new Shown(patient, Disclosure.of(event));
        }
    }

    @GetMapping("/{organization}/staff/disclosures")
    String page(
            @ModelAttribute("filter") DisclosureFilter filter,
            @RequestParam(defaultValue = "") String patient,
            @AuthenticationPrincipal StaffSession session,
            HttpServletRequest request,
            Model model) {
        desk.open(session, CustodianPart.DISCLOSURES);
        JsonNode bundle = desk.read(session, request, filter.target(patient.strip(), MOST_PER_PAGE));
        model.addAttribute("patient", patient.strip());
        model.addAttribute(
                "disclosures",
                bundle.path("entry")
                        .valueStream()
                        .map(entry -> Shown.of(entry.path("resource")))
                        .toList());
        model.addAttribute("next", DisclosureFilter.next(bundle));
        return "staff/disclosures";
    }
}
