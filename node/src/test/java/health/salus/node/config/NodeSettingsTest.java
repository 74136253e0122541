package health.salus.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
    @Test
    void a_database_that_is_configured_is_used() {
        assertThat(TestSettings.with(Map.of(
                                "salus.organizations[0].fhir.kind",
                                "embedded",
                                "salus.organizations[0].fhir.database.url",
                                "jdbc:postgresql://db.example/salus?sslmode=verify-full",
                                "salus.organizations[0].fhir.database.user",
                                "salus",
                                "salus.organizations[0].fhir.database.password",
                                "env:DATABASE_PASSWORD"))
                        .organizations()
                        .getFirst()
                        .fhir()
                        .database())
                .isEqualTo(new OrganizationSettings.Database(
                        "jdbc:postgresql://db.example/salus?sslmode=verify-full", "salus", "env:DATABASE_PASSWORD"));
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void plain_http_is_for_this_machine(String address) {
        assertThat(TestSettings.with(Map.of("salus.listen.address", address))
                        .listen()
                        .tls())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "salus.example", "127.0.0.1.example"})
    void plain_http_for_other_machines_has_to_be_meant(String address) {
        assertThatThrownBy(() -> TestSettings.with(Map.of("salus.listen.address", address)))
                .hasStackTraceContaining("salus.listen.without-tls");
        assertThat(TestSettings.with(Map.of("salus.listen.address", address, "salus.listen.without-tls", "true"))
                        .listen()
                        .address())
                .isEqualTo(address);
        assertThat(TestSettings.with(Map.of("salus.listen.address", address, "salus.listen.tls", "node"))
                        .listen()
                        .address())
                .isEqualTo(address);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "https://fhir.example/r4, true",
        "http://127.0.0.1:8080/fhir, true",
        "http://[::1]:8080/fhir, true",
        "http://fhir.example/r4, false",
        "http://localhost.example/r4, false"
    })
    void a_fhir_server_elsewhere_is_asked_by_tls(String url, boolean taken) {
        requireWithoutTls(
                taken, Map.of("salus.organizations[0].fhir.kind", "url", "salus.organizations[0].fhir.url", url));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "jdbc:postgresql://db.example/salus?sslmode=verify-full, true",
        "jdbc:postgresql://db.example/salus?ssl=true&sslmode=verify-full&x=y, true",
        "jdbc:postgresql://127.0.0.1:5432/salus, true",
        "jdbc:postgresql://[::1]:5432/salus, true",
        "jdbc:postgresql://db.example/salus, false",
        "jdbc:postgresql://db.example/salus?sslmode=require, false",
        "'jdbc:postgresql://127.0.0.1,db.example/salus', false",
        "jdbc:postgresql://db.example/sslmode=verify-full, false"
    })
    void a_database_elsewhere_is_asked_for_its_certificate(String url, boolean taken) {
        requireWithoutTls(
                taken,
                Map.of(
                        "salus.organizations[0].fhir.kind",
                        "embedded",
                        "salus.organizations[0].fhir.database.url",
                        url,
                        "salus.organizations[0].fhir.database.user",
                        "salus",
                        "salus.organizations[0].fhir.database.password",
                        "env:DATABASE_PASSWORD"));
    }

    private static void requireWithoutTls(boolean taken, Map<String, String> settings) {
        if (taken) {
            assertThat(TestSettings.with(settings).organizations()).hasSize(1);
            return;
        }
        assertThatThrownBy(() -> TestSettings.with(settings))
                .hasStackTraceContaining("salus.organizations[].fhir.without-tls");
        Map<String, String> meant = new LinkedHashMap<>(settings);
        meant.put("salus.organizations[0].fhir.without-tls", "true");
        assertThat(TestSettings.with(meant).organizations()).hasSize(1);
    }
}
