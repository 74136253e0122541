package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Needs the Internet, so no part of the build: {@code ./mvnw -Pholes verify}. */
class KnownHolesCheck {
    @Test
    void no_library_has_a_known_hole_that_nobody_has_looked_at() throws Exception {
        URI database = URI.create(System.getProperty("salus.osv", "https://api.osv.dev"));
        List<Sbom.Component> libraries = Sbom.read(Sbom.OF_DISTRIBUTION).components().stream()
                .filter(component -> !component.isOurs())
                .toList();

        List<KnownHoles.Hole> holes = new KnownHoles(database).of(libraries);

        assertThat(AcceptedHoles.read(AcceptedHoles.FILE).missingOf(holes, LocalDate.now(ZoneOffset.UTC)))
                .isEmpty();
    }
}
