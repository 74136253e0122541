package health.salus.node.passkey;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Passkey;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.identity.PasskeyAssertion;
import health.salus.node.access.PortalOrigin;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signs people in with a discoverable passkey (W3C WebAuthn Level 3 §7.2). The challenge is {@code SHA-256(ASCII
 * "salus-sign-in-v1", a zero byte, nonce)}, computed by the browser: so what a passkey signs to get in can never be a
 * transaction. Thread-safe.
 */
@Component
public final class SignInCeremony {
    private static final Logger LOGGER = LoggerFactory.getLogger(SignInCeremony.class);
    private static final byte[] DOMAIN = "salus-sign-in-v1\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * What the browser answers; all in base64url.
     *
     * @param nonce from {@link #begin}
     * @param credential id of the passkey, at most {@value #MOST_CREDENTIAL_CHARS} characters
     * @param userHandle what the passkey was made with
     */
    public record Answer(
            String nonce,
            String credential,
            String userHandle,
            String authenticatorData,
            String clientData,
            String signature) {
        private static final int MOST_CREDENTIAL_CHARS = 1_364; // of 1,023 bytes (WebAuthn Level 3 §4)

        public Answer {
            if (credential.length() > MOST_CREDENTIAL_CHARS) {
                throw new IllegalArgumentException(
                        "credential id longer than " + MOST_CREDENTIAL_CHARS + " characters");
            }
        }
    }

    /** A passkey in force that somebody with a certain user handle may sign in with. */
    public record Candidate(Sha256 kid, Passkey passkey, P256PublicKey key) {
        /** The passkey with this id; empty where it is none, or not in force at {@code now}. */
        public static Optional<Candidate> of(Access access, Sha256 kid, Instant now) {
            return access.passkey(kid)
                    .flatMap(passkey -> access.signingKey(kid, now)
                            .map(key -> new Candidate(kid, passkey, P256PublicKey.ofBase64Url(key))));
        }
    }

    private final PortalOrigin origin;
    private final Challenges<String> nonces;

    SignInCeremony(PortalOrigin origin, SecureRandom random, InstantSource clock) {
        this.origin = origin;
        this.nonces = new Challenges<>(random, clock);
    }

    /** What the browser is to sign in with: a nonce that is good once, at these pages only. */
    public Map<String, String> begin(String pages) {
        return Map.of("nonce", nonces.issue(pages), "relyingParty", origin.relyingParty());
    }

    /**
     * Id of the key that answered; empty where none did.
     *
     * @param pages those of {@link #begin}
     * @param candidates finds keys by a user handle; may refuse one by {@code IllegalArgumentException}
     */
    public Optional<Sha256> accept(String pages, Answer answer, Function<byte[], List<Candidate>> candidates) {
        Optional<Sha256> accepted = answered(pages, answer, candidates);
        if (accepted.isEmpty()) {
            LOGGER.atWarn().addKeyValue("pages", pages).log("sign-in refused");
        }
        return accepted;
    }

    private Optional<Sha256> answered(String pages, Answer answer, Function<byte[], List<Candidate>> candidates) {
        if (nonces.take(answer.nonce).filter(pages::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            PasskeyAssertion assertion = PasskeyAssertion.of(
                    decoder.decode(answer.authenticatorData),
                    decoder.decode(answer.clientData),
                    decoder.decode(answer.signature));
            Sha256 challenge = Sha256.of(DOMAIN, decoder.decode(answer.nonce));
            return candidates.apply(decoder.decode(answer.userHandle)).stream()
                    .filter(candidate -> candidate.passkey.origin().equals(origin.value())
                            && candidate.passkey.fits(assertion)
                            && assertion.verify(challenge, candidate.key))
                    .map(Candidate::kid)
                    .findFirst();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
