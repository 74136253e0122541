package health.salus.node.guardian;

import health.salus.node.pages.OrganizationPath;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What every page of guardians shows; an organization without patients has none of them. */
@ControllerAdvice(basePackageClasses = GuardianModel.class)
class GuardianModel {
    private final Wards wards;

    GuardianModel(Wards wards) {
        this.wards = wards;
    }

    /** @param signed id of a transaction that was just signed, for a link to its receipt */
    @ModelAttribute
    void fill(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String signed,
            @AuthenticationPrincipal @Nullable GuardianSession session,
            Model model) {
        model.addAttribute(
                "organization",
                wards.custodian(OrganizationPath.organization(request)).organization());
        if (session != null && signed != null && signed.matches("[A-Za-z0-9_-]{43}")) {
            model.addAttribute("signed", signed);
        }
    }
}
