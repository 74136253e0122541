package health.salus.node.web;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.config.TestSettings;
import jakarta.servlet.ServletRequest;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ForwardedRequestsTest {
    private static final String FOR = "X-Forwarded-For";

    private final ForwardedRequests filter =
            new ForwardedRequests(TestSettings.with(Map.of("salus.listen.trusted-proxies", "10.0.0.0/8, 2001:db8::1")));

    @ParameterizedTest(name = "{1} by {0}")
    @CsvSource({
        "192.0.2.1, 198.51.100.7, 192.0.2.1",
        "10.0.0.1, 198.51.100.7, 198.51.100.7",
        "10.0.0.1, '1.1.1.1, 198.51.100.7', 198.51.100.7",
        "10.0.0.1, '1.1.1.1, 198.51.100.7, 10.0.0.2', 198.51.100.7",
        "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
        "10.0.0.1, '198.51.100.7:4711', 198.51.100.7",
        "10.0.0.1, '[2001:db8::7]:4711', 2001:db8:0:0:0:0:0:7",
        "10.0.0.1, '198.51.100.7, 2001:db8:0::1', 198.51.100.7",
        "10.0.0.1, unknown, 10.0.0.1",
        "10.0.0.1, '198.51.100.7, evil.example', 10.0.0.1",
        "10.0.0.1, '198.51.100.7, 999.1.1.1', 10.0.0.1",
        "10.0.0.1, '198.51.100.7,', 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1"
    })
    void the_client_is_the_last_that_is_no_trusted_proxy(String peer, String forwarded, String client)
            throws Exception {
        assertThat(passed(peer, FOR, forwarded).getRemoteAddr()).isEqualTo(client);
    }

    @Test
    void what_each_proxy_adds_may_be_in_a_header_of_its_own() throws Exception {
        assertThat(passed("10.0.0.1", FOR, "1.1.1.1", FOR, "198.51.100.7", FOR, "10.0.0.2")
                        .getRemoteAddr())
                .isEqualTo("198.51.100.7");
    }

    @Test
    void tls_is_what_a_trusted_proxy_says_and_nobody_else() throws Exception {
        assertThat(passed("10.0.0.1", "X-Forwarded-Proto", "https"))
                .returns(true, ServletRequest::isSecure)
                .returns("https", ServletRequest::getScheme);
        assertThat(passed("10.0.0.1", "X-Forwarded-Proto", "https, http").isSecure())
                .isFalse();
        assertThat(passed("192.0.2.1", "X-Forwarded-Proto", "https").isSecure()).isFalse();
    }

    /** The request that doors see. */
    private ServletRequest passed(String peer, String... headers) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (int i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, new MockHttpServletResponse(), chain);
        return Objects.requireNonNull(chain.getRequest());
    }
}
