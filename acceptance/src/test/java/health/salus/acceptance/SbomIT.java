package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SbomIT {
    private static final Path JARS = Path.of("../distribution/target/lib");

    @Test
    void every_jar_that_is_shipped_is_in_the_bill_of_materials_and_no_other() throws IOException {
        Map<String, String> listed = Sbom.read(Sbom.OF_DISTRIBUTION).components().stream()
                .collect(Collectors.toMap(Sbom.Component::sha256, Sbom.Component::coordinates));
        Map<String, String> shipped = shipped();

        assertThat(shipped.entrySet())
                .filteredOn(jar -> !listed.containsKey(jar.getKey()))
                .isEmpty();
        assertThat(listed.entrySet())
                .filteredOn(component -> !shipped.containsKey(component.getKey()))
                .isEmpty();
    }

    @Test
    void no_library_is_a_version_before_its_release() throws IOException {
        assertThat(Sbom.read(Sbom.OF_DISTRIBUTION).components())
                .filteredOn(component -> !component.isOurs())
                .extracting(Sbom.Component::version)
                .noneMatch(version -> version.matches("(?i).*(snapshot|alpha|beta|milestone|-rc).*"));
    }

    /** Names of jars by their SHA-256. */
    private static Map<String, String> shipped() throws IOException {
        Map<String, String> jars = new TreeMap<>();
        try (Stream<Path> files = Files.list(JARS)) {
            for (Path jar : files.toList()) {
                jars.put(
                        Sha256.of(Files.readAllBytes(jar)).toString(),
                        jar.getFileName().toString());
            }
        }
        return jars;
    }
}
