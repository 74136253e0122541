package health.salus.node.smart;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import health.salus.node.config.TestSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class TokenDoorTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(TokenDoor.class);

    private final TestIssuer city = new TestIssuer();
    private final TokenDoor door =
            new TokenDoor(organization -> Optional.of(city.issuer), city.endpoint, TestSettings.with(Map.of()));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stop() {
        LOGGER.detachAppender(log);
    }

    @Test
    void parameters_count_in_the_body_only() throws Exception {
        MockHttpServletRequest request = request("scope", "system/*.rs");
        request.setQueryString("scope=system/*.rs");

        refused(request);
    }

    @Test
    void no_parameter_counts_twice() throws Exception {
        MockHttpServletRequest request = request("scope", "system/*.rs");
        request.addParameter("scope", "system/*.cruds");

        refused(request);
    }

    @Test
    void tokens_are_logged_whether_issued_or_refused_but_not_what_they_are() throws Exception {
        MockHttpServletRequest good = request("scope", "system/*.rs");
        String token = String.valueOf(answer(good).getBody());
        answer(good); // its assertion once more

        assertThat(log.list)
                .extracting(event -> event.getMessage() + " " + event.getKeyValuePairs())
                .containsExactly(
                        "access token issued [organization=\"city\", scope=\"system/*.rs\"]",
                        "access token refused [organization=\"city\", reason=\"REPLAYED_ASSERTION\"]");
        assertThat(token).contains("access_token");
    }

    private void refused(MockHttpServletRequest request) {
        assertThat(answer(request).getStatusCode().value()).isEqualTo(400);
        assertThat(String.valueOf(answer(request).getBody())).contains("invalid_request");
    }

    private ResponseEntity<Map<String, Object>> answer(MockHttpServletRequest request) {
        return door.token("city", request);
    }

    private static MockHttpServletRequest request(String changed, String value) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/city/token");
        request.addParameters(TestIssuer.form(changed, value));
        return request;
    }
}
