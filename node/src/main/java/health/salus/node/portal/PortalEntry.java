package health.salus.node.portal;

import health.salus.node.access.Custodian;
import health.salus.node.pages.PageController;
import health.salus.node.web.Problem;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The first page of a portal, and the answer to addresses in it where there is nothing. */
@PageController
class PortalEntry {
    private final Custodian.Directory custodians;

    PortalEntry(Custodian.Directory custodians) {
        this.custodians = custodians;
    }

    @GetMapping("/{organization}/portal")
    String entry(@PathVariable String organization, Model model) {
        if (custodians.find(organization).isEmpty()) {
            throw nothing();
        }
        model.addAttribute("organization", organization);
        return "portal/entry";
    }

    @GetMapping("/{organization}/portal/**")
    String nothing(@PathVariable String organization) {
        throw nothing();
    }

    private static Problem nothing() {
        return Problem.of(404, "not-found", "there is no such page");
    }
}
