package health.salus.node.smart;

import health.salus.node.smart.TokenProblem.Reason;
import java.util.Map;

/**
 * Issues access tokens for client assertions (RFC 6749 §4.4, SMART App Launch 2.0 "Backend Services"). Thread-safe.
 */
public final class TokenEndpoint {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ClientAssertions assertions;

    /** @param clients who is known */
    public TokenEndpoint(Clients clients, java.time.InstantSource clock) {
        this.assertions = new ClientAssertions(clients, clock);
    }

    /**
     * What RFC 6749 §5.1 calls an access token response.
     *
     * @param expiresIn seconds
     */
    public record Issued(String accessToken, long expiresIn, String scope) {}

    /**
     * Issues a token.
     *
     * @param issuer the organization that is asked
     * @param form parameters of the request, decoded
     * @throws TokenProblem where there is none to be had
     */
    public Issued issue(Issuer issuer, Map<String, String> form) {
        if (!required(form, "grant_type").equals("client_credentials")) {
            throw new TokenProblem(Reason.UNSUPPORTED_GRANT_TYPE, "grant_type must be client_credentials");
        }
        if (!required(form, "client_assertion_type").equals(ASSERTION_TYPE)) {
            throw new TokenProblem(Reason.INVALID_REQUEST, "client_assertion_type must be " + ASSERTION_TYPE);
        }
        String requested = required(form, "scope");
        ClientAssertions.Authenticated client = assertions.authenticate(issuer, required(form, "client_assertion"));
        SmartScopes scopes = SmartScopes.grantable(client.caller(), requested);
        if (scopes.isEmpty()) {
            throw new TokenProblem(Reason.INVALID_SCOPE, "none of the scopes can be had; patients ask for patient/…");
        }
        return new Issued(
                issuer.tokens().issue(client.kid(), client.caller(), scopes),
                AccessTokens.LIFE.toSeconds(),
                scopes.toString());
    }

    private static String required(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null || value.isEmpty()) {
            throw new TokenProblem(Reason.INVALID_REQUEST, name + " is missing");
        }
        return value;
    }
}
