package health.salus.node.portal;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Passkey;
import health.salus.contracts.access.Patient;
import health.salus.contracts.access.PersonKey;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.identity.PasskeyAssertion;
import health.salus.node.access.PortalOrigin;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Signs patients in with a discoverable passkey (W3C WebAuthn Level 3 §7.2). The challenge is {@code SHA-256(ASCII
 * "salus-sign-in-v1", a zero byte, nonce)}, computed by the browser: so what a passkey signs to get in can never be a
 * transaction. Thread-safe.
 */
@Component
final class PasskeySignIn {
    private static final byte[] DOMAIN = "salus-sign-in-v1\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * What the browser answers; all in base64url.
     *
     * @param nonce from {@link #begin}
     * @param credential id of the passkey, at most {@value #MOST_CREDENTIAL_CHARS} characters
     * @param userHandle the patient's handle, 16 bytes
     */
    record Answer(
            String nonce,
            String credential,
            String userHandle,
            String authenticatorData,
            String clientData,
            String signature) {
        private static final int MOST_CREDENTIAL_CHARS = 1_364; // of 1,023 bytes (WebAuthn Level 3 §4)

        Answer {
            if (credential.length() > MOST_CREDENTIAL_CHARS) {
                throw new IllegalArgumentException(
                        "credential id longer than " + MOST_CREDENTIAL_CHARS + " characters");
            }
        }
    }

    private final Portals portals;
    private final PortalOrigin origin;
    private final InstantSource clock;
    private final Challenges<String> nonces;

    PasskeySignIn(Portals portals, PortalOrigin origin, SecureRandom random, InstantSource clock) {
        this.portals = portals;
        this.origin = origin;
        this.clock = clock;
        this.nonces = new Challenges<>(random, clock);
    }

    /** A nonce, good once. */
    String begin(String organization) {
        return nonces.issue(organization);
    }

    /** The session of whoever answered; empty where no key in force of a patient of the organization did. */
    Optional<PatientSession> accept(String organization, Answer answer) {
        if (nonces.take(answer.nonce).filter(organization::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            Handle handle = new Handle(HexFormat.of().formatHex(decoder.decode(answer.userHandle)));
            PasskeyAssertion assertion = PasskeyAssertion.of(
                    decoder.decode(answer.authenticatorData),
                    decoder.decode(answer.clientData),
                    decoder.decode(answer.signature));
            Sha256 challenge = Sha256.of(DOMAIN, decoder.decode(answer.nonce));
            return key(organization, handle, assertion, challenge)
                    .map(kid -> new PatientSession(organization, handle, kid, answer.credential, clock.instant()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Sha256> key(String organization, Handle handle, PasskeyAssertion assertion, Sha256 challenge) {
        Access access = portals.access();
        Instant now = clock.instant();
        return access.patient(handle).filter(patient -> patient.custodian().equals(organization)).stream()
                .map(Patient::keys)
                .flatMap(keys -> keys.stream())
                .filter(kid -> access.key(kid)
                        .filter(key -> key.isInForce(now))
                        .flatMap(PersonKey::passkey)
                        .filter(passkey -> fits(passkey, assertion))
                        .isPresent())
                .filter(kid -> access.signingKey(kid, now)
                        .map(P256PublicKey::ofBase64Url)
                        .filter(key -> assertion.verify(challenge, key))
                        .isPresent())
                .findFirst();
    }

    private boolean fits(Passkey passkey, PasskeyAssertion assertion) {
        boolean counts = passkey.counter() > 0 || assertion.counter() > 0;
        return passkey.origin().equals(origin.value())
                && assertion.origin().equals(origin.value())
                && assertion.rpIdHash().equals(passkey.rpIdHash())
                && (!counts || assertion.counter() > passkey.counter());
    }
}
