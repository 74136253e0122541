package health.salus.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NodeSettingsTest {
    @Test
    void a_database_that_is_configured_is_used() {
        assertThat(bound(Map.of(
                                "salus.organizations[0].fhir.kind",
                                "embedded",
                                "salus.organizations[0].fhir.database.url",
                                "jdbc:postgresql://db.example/salus",
                                "salus.organizations[0].fhir.database.user",
                                "salus",
                                "salus.organizations[0].fhir.database.password",
                                "env:DATABASE_PASSWORD"))
                        .organizations()
                        .getFirst()
                        .fhir()
                        .database())
                .isEqualTo(new OrganizationSettings.Database(
                        "jdbc:postgresql://db.example/salus", "salus", "env:DATABASE_PASSWORD"));
    }

    @Test
    void a_body_larger_than_any_resource_is_not_promised() {
        assertThat(bound(Map.of()).limits().requestBody().toMegabytes()).isEqualTo(32);
        assertThatThrownBy(() -> bound(Map.of("salus.limits.request-body", "33MB")))
                .hasStackTraceContaining("salus.limits.request-body");
    }

    @Test
    void client_certificates_can_only_be_required_where_the_node_ends_tls() {
        assertThatThrownBy(() -> bound(Map.of("salus.listen.client-certificates", "required")))
                .hasStackTraceContaining("salus.listen.tls");
    }

    private static NodeSettings bound(Map<String, String> others) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "salus.ledger.genesis", "genesis.json",
                "salus.organizations[0].id", "city",
                "salus.organizations[0].key-store", "city.p12",
                "salus.organizations[0].password", "env:PASSWORD"));
        settings.putAll(others);
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("salus", NodeSettings.class)
                .get();
    }
}
