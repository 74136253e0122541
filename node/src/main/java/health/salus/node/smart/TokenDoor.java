package health.salus.node.smart;

import health.salus.node.config.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The doors {@code /{org}/token} and {@code /{org}/fhir/.well-known/smart-configuration}. */
@RestController
public final class TokenDoor {
    private static final Logger LOGGER = LoggerFactory.getLogger(TokenDoor.class);

    private final Issuer.Directory issuers;
    private final TokenEndpoint endpoint;
    private final NodeSettings settings;

    /** @param issuers the organizations of this node that issue tokens */
    public TokenDoor(Issuer.Directory issuers, TokenEndpoint endpoint, NodeSettings settings) {
        this.issuers = issuers;
        this.endpoint = endpoint;
        this.settings = settings;
    }

    /** Issues an access token, or says why not as RFC 6749 §5.2 does. */
    @PostMapping(path = "/{organization}/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    public ResponseEntity<Map<String, Object>> token(
            @PathVariable("organization") String organization, HttpServletRequest request) {
        Optional<Issuer> issuer = issuers.find(organization);
        if (issuer.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        try {
            TokenEndpoint.Issued issued = endpoint.issue(issuer.get(), form(request));
            LOGGER.atInfo()
                    .addKeyValue("organization", organization)
                    .addKeyValue("scope", issued.scope())
                    .log("access token issued");
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("access_token", issued.accessToken());
            body.put("token_type", "bearer");
            body.put("expires_in", issued.expiresIn());
            body.put("scope", issued.scope());
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
        } catch (TokenProblem problem) {
            LOGGER.atWarn()
                    .addKeyValue("organization", organization)
                    .addKeyValue("reason", problem.reason())
                    .log("access token refused");
            return ResponseEntity.status(problem.reason().status())
                    .cacheControl(CacheControl.noStore())
                    .body(Map.of("error", problem.reason().error(), "error_description", problem.description()));
        }
    }

    /** Says how to get a token (SMART App Launch 2.0 "Conformance"). */
    @GetMapping({
        "/{organization}/.well-known/smart-configuration",
        "/{organization}/fhir/.well-known/smart-configuration"
    })
    public ResponseEntity<Map<String, Object>> configuration(@PathVariable("organization") String organization) {
        return issuers.find(organization)
                .map(issuer -> ResponseEntity.ok(configuration(issuer)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private Map<String, Object> configuration(Issuer issuer) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("issuer", issuer.base());
        configuration.put("token_endpoint", issuer.tokenUrl());
        configuration.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        configuration.put("token_endpoint_auth_signing_alg_values_supported", List.of("ES256"));
        configuration.put("grant_types_supported", List.of("client_credentials"));
        configuration.put("scopes_supported", List.of("system/*.cruds", "system/*.rs", "patient/*.rs"));
        configuration.put("capabilities", List.of("client-confidential-asymmetric", "permission-v2", "permission-v1"));
        configuration.put(
                "tls_client_certificate_bound_access_tokens",
                settings.listen().tls().isPresent());
        return configuration;
    }

    /** Parameters of the body given once; RFC 6749 §3.2 lets none be repeated, and §2.3.1 none be in the address. */
    private static Map<String, String> form(HttpServletRequest request) {
        if (request.getQueryString() != null) {
            throw new TokenProblem(TokenProblem.Reason.INVALID_REQUEST, "parameters belong in the body");
        }
        Map<String, String> form = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length == 1) {
                form.put(name, values[0]);
            }
        });
        return form;
    }
}
