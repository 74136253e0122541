package health.salus.node.pages;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.NodeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageLooksIT {
    @Test
    void the_layout_is_accessible_and_its_skip_link_works_by_keyboard(@TempDir Path directory) throws Exception {
        try (NodeFixture fixture = NodeFixture.start(directory);
                PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window()) {
            window.page().navigate("http://localhost:" + fixture.node().port() + "/hospital/portal");
            window.forgive("404");

            window.checkAccessibility("problem");
            window.page().keyboard().press("Tab");
            window.page().keyboard().press("Enter");

            assertThat(window.page().evaluate("document.activeElement.id")).isEqualTo("content");
        }
    }
}
