package health.salus.node;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.pages.PageController;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

class OpenApiIT {
    /** FHIR's door has a CapabilityStatement, and pages are for people. */
    @Test
    void every_door_for_programs_but_fhirs_is_described_and_every_description_has_a_door(@TempDir Path directory)
            throws Exception {
        Set<String> doors = new TreeSet<>(Set.of("POST /ledger/cosignatures")); // in front of Spring MVC
        try (NodeFixture fixture = NodeFixture.start(directory)) {
            fixture.node()
                    .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                    .getHandlerMethods()
                    .forEach((door, handler) -> {
                        if (!handler.getBeanType().isAnnotationPresent(PageController.class)) {
                            add(door, doors);
                        }
                    });
        }
        assertThat(described()).isEqualTo(doors);
    }

    private static void add(RequestMappingInfo door, Set<String> doors) {
        for (String path : door.getPatternValues()) {
            door.getMethodsCondition()
                    .getMethods()
                    .forEach(method -> doors.add(method + " " + path.replace("{*", "{")));
        }
    }

    private static Set<String> described() throws Exception {
        Set<String> described = new TreeSet<>();
        try (InputStream file = OpenApiIT.class.getResourceAsStream("/health/salus/node/openapi.yaml")) {
            Map<String, Map<String, Map<String, Object>>> description = new Yaml().load(file);
            Objects.requireNonNull(Objects.requireNonNull(description.get("paths")))
                    .forEach((path, methods) -> methods.keySet().stream()
                            .filter(method -> !method.equals("parameters"))
                            .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        }
        return described;
    }
}
