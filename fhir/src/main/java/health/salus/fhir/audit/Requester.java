package health.salus.fhir.audit;

import java.util.Optional;

/**
 * Who asked, without a name.
 *
 * @param organization its id in the network; empty for a patient or a substitute
 * @param keyId of the key that authenticated: a certificate's or JWK's thumbprint, 43 characters
 * @param address network address the request came from, an IP address
 */
public record Requester(Optional<String> organization, String keyId, String address) {}
