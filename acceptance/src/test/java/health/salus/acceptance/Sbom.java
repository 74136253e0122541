package health.salus.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bill of materials of the distribution, in CycloneDX's JSON. */
record Sbom(List<Component> components) {
    /** Made by the module {@code distribution}. */
    static final Path OF_DISTRIBUTION = Path.of("../distribution/target/salus.cdx.json");

    /**
     * A library, or a module of ours.
     *
     * @param purl package URL with its version, as {@code pkg:maven/com.h2database/h2@2.3.232?type=jar}
     * @param sha256 of its jar, in hexadecimal
     */
    record Component(String group, String name, String version, String purl, String sha256) {
        boolean isOurs() {
            return group.equals("health.salus");
        }

        /** As {@code com.h2database:h2:2.3.232}. */
        String coordinates() {
            return group + ":" + name + ":" + version;
        }
    }

    static Sbom read(Path file) throws IOException {
        List<Component> components = new ArrayList<>();
        for (JsonNode component : new ObjectMapper().readTree(file.toFile()).required("components")) {
            components.add(new Component(
                    component.required("group").asText(),
                    component.required("name").asText(),
                    component.required("version").asText(),
                    component.required("purl").asText(),
                    sha256(component.required("hashes"))));
        }
        return new Sbom(List.copyOf(components));
    }

    private static String sha256(JsonNode hashes) {
        for (JsonNode hash : hashes) {
            if (hash.required("alg").asText().equals("SHA-256")) {
                return hash.required("content").asText();
            }
        }
        throw new IllegalArgumentException("a component without SHA-256");
    }
}
