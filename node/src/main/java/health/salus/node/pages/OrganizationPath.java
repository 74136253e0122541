package health.salus.node.portal;

import health.salus.identity.OrganizationId;
import health.salus.node.pages.PageProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Addresses in a portal. */
final class PortalPath {
    private PortalPath() {}

    /** The organization whose portal a request is for; empty where the address begins with no organization's id. */
    static String organization(HttpServletRequest request) {
        String[] segments = request.getRequestURI().split("/", 3);
        return segments.length > 1 && OrganizationId.isId(segments[1]) ? segments[1] : "";
    }

    /** Leads to where a request's portal begins; answers 404 where it is in none. */
    static void toEntry(HttpServletRequest request, HttpServletResponse response, PageProblems problems)
            throws IOException {
        String organization = organization(request);
        if (organization.isEmpty()) { // else the address would begin with two slashes, and lead off this node
            problems.write(404, request, response);
        } else {
            response.sendRedirect("/" + organization + "/portal");
        }
    }
}
