package health.salus.node.portal;

import health.salus.identity.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;

/** Addresses in a portal. */
final class PortalPath {
    private PortalPath() {}

    /** The organization whose portal a request is for; empty where the address begins with no organization's id. */
    static String organization(HttpServletRequest request) {
        String[] segments = request.getRequestURI().split("/", 3);
        return segments.length > 1 && OrganizationId.isId(segments[1]) ? segments[1] : "";
    }

    /** Where a request's portal begins; always on this node. */
    static String entry(HttpServletRequest request) {
        return "/" + organization(request) + "/portal";
    }
}
