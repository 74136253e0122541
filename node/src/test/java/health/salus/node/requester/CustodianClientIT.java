package health.salus.node.requester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.fhir.ResourceVersion;
import health.salus.identity.Handle;
import health.salus.node.requester.CustodianException.Reason;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustodianClientIT {
    private static final AccessToken TOKEN = new AccessToken("abc", Instant.MAX);

    private FakeCustodian custodian;

    @BeforeEach
    void start() throws IOException {
        custodian = new FakeCustodian();
    }

    @AfterEach
    void stop() {
        custodian.close();
    }

    @Test
    void a_token_is_had_for_an_assertion_and_opens_the_doors() {
        custodian.answer("/city/fhir/Observation", 200, "{\"resourceType\":\"Bundle\"}");
        custodian.answer("/city/records/Observation/1/2/receipt", 202, "");
        CustodianClient client = custodian.client();

        AccessToken token = client.token(client.tokenEndpoint(), "an.assertion");
        client.read(token, "Observation?patient=1");
        Terms terms = Terms.of(PurposeOfUse.TREAT, Scope.of("Observation"), new SecureRandom());
        client.deposit(token, new Handle("00112233445566778899aabbccddeeff"), terms);

        assertThat(client.receipt(token, new ResourceVersion("Observation", "1", "2")))
                .isEmpty();
        assertThat(custodian.asked().get(1)).startsWith("POST /city/token").endsWith("client_assertion=an.assertion");
        assertThat(custodian.asked().get(2)).isEqualTo("GET /city/fhir/Observation?patient=1 Bearer abc ");
        assertThat(custodian.asked().get(3))
                .startsWith("POST /city/access/terms Bearer abc {\"grant\":\"00112233445566778899aabbccddeeff\"");
        assertThat(token.toString()).doesNotContain("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/city/token",
                "http://user@127.0.0.1/city/token",
                "https://evil.example/token",
                "/city/token",
                "",
                "BASE/../clinic/token",
                "BASE/%2e%2e/clinic/token",
                "BASE.evil.example/token"
            })
    void a_token_endpoint_elsewhere_is_not_asked(String endpoint) {
        custodian.answer(
                "/city/fhir/.well-known/smart-configuration",
                200,
                "{\"token_endpoint\":\""
                        + endpoint.replace("BASE", custodian.base().toString()) + "\"}");

        assertThat(reasonOf(CustodianClient::tokenEndpoint)).isEqualTo(Reason.STRANGE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> custodian.client().token(URI.create("http://127.0.0.1:1/token"), "an.assertion"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "307, STRANGE",
        "302, STRANGE"
    })
    void answers_that_are_no_success_say_whether_to_come_back(int status, Reason reason) {
        custodian.answer("/city/fhir/Observation", status, "");

        assertThat(reasonOf(client -> client.read(TOKEN, "Observation"))).isEqualTo(reason);
        assertThat(custodian.asked()).as("no redirect is followed").hasSize(1);
    }

    @Test
    void what_is_no_fhir_or_too_deep_or_too_large_is_not_taken() {
        for (String body : new String[] {"<html>", "[]", "{}", "{\"resourceType\":" + "[".repeat(200) + "}"}) {
            custodian.answer("/city/fhir/Observation", 200, body);
            assertThat(reasonOf(client -> client.read(TOKEN, "Observation")))
                    .as(body)
                    .isEqualTo(Reason.STRANGE);
        }
        custodian.answer("/city/fhir/Observation", 200, " ".repeat(30_000));
        assertThat(reasonOf(client -> client.read(TOKEN, "Observation"))).isEqualTo(Reason.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "no",
                "{\"access_token\":\"a\\r\\nb\",\"expires_in\":300}",
                "{\"access_token\":\"a\"}",
                "{\"access_token\":\"\",\"expires_in\":300}"
            })
    void a_token_of_another_form_is_none(String body) {
        custodian.answer("/city/token", 200, body);

        assertThat(reasonOf(client -> client.token(client.tokenEndpoint(), "an.assertion")))
                .isEqualTo(Reason.STRANGE);
    }

    @Test
    void a_custodian_that_is_gone_is_unavailable() {
        custodian.leave();

        assertThat(reasonOf(CustodianClient::tokenEndpoint)).isEqualTo(Reason.UNAVAILABLE);
    }

    private Reason reasonOf(Consumer<CustodianClient> attempt) {
        return assertThatExceptionOfType(CustodianException.class)
                .isThrownBy(() -> attempt.accept(custodian.client()))
                .actual()
                .reason();
    }
}
