package health.salus.node.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import health.salus.contracts.access.NewKey;
import health.salus.identity.P256PublicKey;
import health.salus.node.access.PortalOrigin;
import health.salus.node.web.Problem;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Checks that a browser made a passkey for this node (W3C WebAuthn Level 3 §7.1): challenge, origin, RP ID, user present and
 * verified, ES256 on P-256. Who made the authenticator is not asked for. Thread-safe.
 */
@Component
public final class PasskeyCreation {
    private final WebAuthnManager ceremony = WebAuthnManager.createNonStrictWebAuthnManager();
    private final PortalOrigin origin;

    PasskeyCreation(PortalOrigin origin) {
        this.origin = origin;
    }

    /**
     * What the browser is to make a passkey with.
     *
     * @param challenge good once, base64url
     * @param name what the authenticator shows; nothing that says who the user is
     * @param userHandle what the passkey tells when it signs in
     */
    public Map<String, String> options(String challenge, String name, byte[] userHandle) {
        return Map.of(
                "challenge",
                challenge,
                "relyingParty",
                origin.relyingParty(),
                "name",
                name,
                "userHandle",
                Base64.getUrlEncoder().withoutPadding().encodeToString(userHandle));
    }

    /**
     * The key of a new passkey.
     *
     * @param challenge that was given to the browser, base64url
     * @param attestationObject from the browser, base64url
     * @param clientData from the browser, base64url
     * @throws Problem where it isn't one
     */
    public NewKey check(String challenge, String attestationObject, String clientData) {
        Base64.Decoder decoder = Base64.getUrlDecoder();
        try {
            RegistrationParameters expected = new RegistrationParameters(
                    new ServerProperty(
                            Origin.create(origin.value()),
                            origin.relyingParty(),
                            new DefaultChallenge(decoder.decode(challenge))),
                    List.of(new PublicKeyCredentialParameters(
                            PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256)),
                    true,
                    true);
            RegistrationData made = ceremony.verify(
                    new RegistrationRequest(decoder.decode(attestationObject), decoder.decode(clientData)), expected);
            return NewKey.passkey(publicKey(made), origin.value());
        } catch (VerificationException | DataConversionException | IllegalArgumentException e) {
            throw refused();
        }
    }

    private static P256PublicKey publicKey(RegistrationData made) {
        var object = made.getAttestationObject();
        var credential = object == null ? null : object.getAuthenticatorData().getAttestedCredentialData();
        if (credential != null && credential.getCOSEKey().getPublicKey() instanceof ECPublicKey key) {
            return P256PublicKey.of(key);
        }
        throw refused();
    }

    private static Problem refused() {
        return Problem.of(400, "not-a-passkey", "this is no new passkey of this node");
    }
}
