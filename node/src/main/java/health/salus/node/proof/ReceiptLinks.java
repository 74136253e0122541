package health.salus.node.proof;

import health.salus.fhir.ResourceVersion;

/**
 * Addresses of receipts.
 *
 * @param organizationBase address of the organization at this node, without a slash at the end
 */
public record ReceiptLinks(String organizationBase) {
    /** Relation of the link (RFC 8288 §2.1.2) from a resource to its receipt. */
    public static final String RELATION = "https://salus.health/rel/receipt";

    /** Address of the receipt of a version. */
    public String url(ResourceVersion version) {
        return organizationBase + "/records/" + version.resource() + "/" + version.version() + "/receipt";
    }

    /** Value of a {@code Link} header. */
    public String link(ResourceVersion version) {
        return "<" + url(version) + ">; rel=\"" + RELATION + "\"";
    }
}
