package health.salus.node;

import health.salus.node.access.Custodian;
import health.salus.node.portal.Exports;
import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

/** What tests look at inside a node, where no page or door shows it. */
public final class NodeParts {
    private NodeParts() {}

    public static Custodian custodian(RunningNode node, String organization) {
        return node.bean("custodians", Custodian.Directory.class)
                .find(organization)
                .orElseThrow();
    }

    public static Filter fhirDoor(RunningNode node) {
        return node.bean("fhirDoor", FilterRegistrationBean.class).getFilter();
    }

    public static Exports exports(RunningNode node) {
        return node.bean("exports", Exports.class);
    }
}
