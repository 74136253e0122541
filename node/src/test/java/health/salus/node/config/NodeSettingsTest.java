package health.salus.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {
    @Test
    void a_database_that_is_configured_is_used() {
        assertThat(TestSettings.with(Map.of(
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
        assertThat(TestSettings.with(Map.of()).limits().requestBody().toMegabytes())
                .isEqualTo(32);
        assertThatThrownBy(() -> TestSettings.with(Map.of("salus.limits.request-body", "33MB")))
                .hasStackTraceContaining("salus.limits.request-body");
    }

    @Test
    void client_certificates_can_only_be_required_where_the_node_ends_tls() {
        assertThatThrownBy(() -> TestSettings.with(Map.of("salus.listen.client-certificates", "required")))
                .hasStackTraceContaining("salus.listen.tls");
    }

    @Test
    void no_proxy_is_trusted_unless_named_by_its_address_and_metrics_are_for_this_machine() {
        assertThat(TestSettings.with(Map.of()).listen().proxies().contain("127.0.0.1"))
                .isFalse();
        assertThat(TestSettings.with(Map.of()).listen().readers().contain("127.0.0.1"))
                .isTrue();
        assertThat(TestSettings.with(Map.of()).listen().readers().contain("192.0.2.1"))
                .isFalse();
        assertThat(TestSettings.with(Map.of("salus.listen.trusted-proxies", "10.0.0.0/8, 2001:db8::/32"))
                        .listen()
                        .proxies())
                .satisfies(proxies -> assertThat(proxies.contain("10.200.3.4")).isTrue())
                .satisfies(proxies ->
                        assertThat(proxies.contain("2001:db8:0:0:0:0:0:1")).isTrue())
                .satisfies(proxies -> assertThat(proxies.contain("11.0.0.1")).isFalse());
        for (String wrong : new String[] {"proxy.example", "10.0.0.0/33", "10.0.0.x"}) {
            assertThatThrownBy(() -> TestSettings.with(Map.of("salus.listen.trusted-proxies", wrong)))
                    .as(wrong)
                    .hasStackTraceContaining("salus.listen.trusted-proxies: " + wrong);
        }
    }
}
