package health.salus.node.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import health.salus.node.smart.TokenProblem.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private final TestIssuer city = new TestIssuer();

    @Test
    void another_member_gets_a_token_for_reading_whatever_it_asks_for() throws JOSEException {
        TokenEndpoint.Issued issued = city.issue(TestIssuer.form("scope", "system/*.cruds"));

        assertThat(issued.scope()).isEqualTo("system/*.rs");
        SmartScopes scopes = city.issuer.tokens().accept(issued.accessToken()).scopes();
        assertThat(scopes.permit("Observation", 'r')).isTrue();
        assertThat(scopes.permit("Observation", 'c')).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient/*.rs", "system/*.cud", "openid", "*"})
    void nobody_gets_a_token_for_nothing(String scope) throws JOSEException {
        refused(TestIssuer.form("scope", scope), Reason.INVALID_SCOPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "authorization_code", "refresh_token", "implicit", "Client_Credentials"})
    void there_is_one_grant_type(String type) throws JOSEException {
        refused(TestIssuer.form("grant_type", type), Reason.UNSUPPORTED_GRANT_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_assertion_type", "client_assertion", "scope"})
    void every_parameter_must_be_there(String name) throws JOSEException {
        refused(TestIssuer.form(name, ""), Reason.INVALID_REQUEST);
    }

    private void refused(Map<String, String> form, Reason reason) {
        assertThatExceptionOfType(TokenProblem.class)
                .isThrownBy(() -> city.issue(form))
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo(reason));
    }
}
