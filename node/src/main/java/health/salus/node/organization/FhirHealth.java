package health.salus.node.organization;

import health.salus.node.backend.FhirBackend;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health component {@code fhir}: for each organization whether its FHIR server has started. */
@Configuration(proxyBeanMethods = false)
class FhirHealth {
    @Bean
    HealthContributor fhirHealthContributor(Organizations organizations) {
        Map<String, HealthIndicator> servers = new LinkedHashMap<>();
        for (Organization organization : organizations.all()) {
            organization.custody().ifPresent(custody -> servers.put(organization.id(), () -> health(custody.fhir())));
        }
        return CompositeHealthContributor.fromMap(servers);
    }

    private static Health health(FhirBackend backend) {
        return switch (backend.ready().state()) {
            case RUNNING -> Health.outOfService().build();
            case SUCCESS -> Health.up().build();
            case FAILED, CANCELLED -> Health.down().build();
        };
    }
}
