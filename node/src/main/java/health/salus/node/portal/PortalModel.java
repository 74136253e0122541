package health.salus.node.portal;

import health.salus.node.pages.OrganizationPath;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What every page of a portal shows; an organization without a portal has none of its pages either. */
@ControllerAdvice(basePackageClasses = PortalModel.class)
class PortalModel {
    private final Portals portals;

    PortalModel(Portals portals) {
        this.portals = portals;
    }

    /** @param signed id of a transaction that was just signed, for a link to its receipt */
    @ModelAttribute
    void fill(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String signed,
            @AuthenticationPrincipal @Nullable PatientSession session,
            Model model) {
        model.addAttribute(
                "organization",
                portals.custodian(OrganizationPath.organization(request)).organization());
        if (session != null && signed != null && signed.matches("[A-Za-z0-9_-]{43}")) {
            model.addAttribute("signed", signed);
        }
    }
}
