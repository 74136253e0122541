package health.salus.node.web;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the description of what FHIR doesn't cover; it is written by hand and held against the doors by a test. */
@RestController
class OpenApiDoor {
    private static final MediaType YAML = MediaType.valueOf("application/yaml");

    /** OpenAPI 3.1 in YAML. */
    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> description() {
        return ResponseEntity.ok().contentType(YAML).body(new ClassPathResource("health/salus/node/openapi.yaml"));
    }
}
