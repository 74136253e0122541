package health.salus.node.staff;

import health.salus.contracts.network.Certificate;
import health.salus.identity.Role;
import health.salus.node.organization.Organization;
import health.salus.node.pages.OrganizationPath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What every page of staff shows: the organization, where one can go from here, and what was just signed. */
@ControllerAdvice(basePackageClasses = StaffModel.class)
class StaffModel {
    private static final List<String> OF_REQUESTERS = List.of("patients", "asked", "opened");

    private final Staff staff;

    StaffModel(Staff staff) {
        this.staff = staff;
    }

    /** @param signed id of a transaction that was just signed, for a link to its receipt */
    @ModelAttribute
    void fill(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String signed,
            @AuthenticationPrincipal @Nullable StaffSession session,
            Model model) {
        Organization organization = staff.organization(OrganizationPath.organization(request));
        model.addAttribute("organization", organization.id());
        if (session == null) {
            return;
        }
        model.addAttribute("pages", pages(organization, staff.certificate(session)));
        model.addAttribute("signs", session.passkey().isPresent());
        if (signed != null && signed.matches("[A-Za-z0-9_-]{43}")) {
            model.addAttribute("signed", signed);
        }
    }

    /** Last parts of the addresses of the pages that there are for this holder of a certificate. */
    private static List<String> pages(Organization organization, Certificate holder) {
        List<String> pages = new ArrayList<>(OF_REQUESTERS);
        if (organization.custody().isPresent()) {
            for (CustodianPart part : CustodianPart.values()) {
                if (part.isFor(holder)) {
                    pages.add(part.path());
                }
            }
        }
        if (holder.role() == Role.ADMIN) {
            pages.add("signed-in");
        }
        pages.add("passkeys");
        return pages;
    }
}
