package health.salus.node.pages;

import health.salus.identity.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Addresses of pages that an organization has: {@code /<organization>/<area>/…}. */
public final class OrganizationPath {
    private OrganizationPath() {}

    /** The organization whose page a request is for; empty where the address begins with no organization's id. */
    public static String organization(HttpServletRequest request) {
        String[] segments = request.getRequestURI().split("/", 3);
        return segments.length > 1 && OrganizationId.isId(segments[1]) ? segments[1] : "";
    }

    /** Leads to where an area of a request's organization begins; answers 404 where there is no such organization. */
    static void toEntry(String area, HttpServletRequest request, HttpServletResponse response, PageProblems problems)
            throws IOException {
        String organization = organization(request);
        if (organization.isEmpty()) { // else the address would begin with two slashes, and lead off this node
            problems.write(404, request, response);
        } else {
            response.sendRedirect("/" + organization + "/" + area);
        }
    }
}
