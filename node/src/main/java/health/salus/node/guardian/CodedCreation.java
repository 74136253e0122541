package health.salus.node.guardian;

import health.salus.contracts.access.NewKey;
import health.salus.identity.Handle;
import health.salus.node.passkey.Challenges;
import health.salus.node.passkey.PasskeyCreation;
import health.salus.node.web.Problem;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Passkeys that somebody makes with a one-time code. It is in the address's fragment, which no server gets to see before the
 * page sends it. Thread-safe.
 */
@Component
final class CodedCreation {
    /** What the browser has of the address. */
    record Arrival(String code) {}

    /** A new passkey; all in base64url. */
    record Made(String code, String challenge, String attestationObject, String clientData) {}

    private record Beginning(String organization, String code) {}

    private final PasskeyCreation creation;
    private final Challenges<Beginning> challenges;

    CodedCreation(PasskeyCreation creation, SecureRandom random, InstantSource clock) {
        this.creation = creation;
        this.challenges = new Challenges<>(random, clock);
    }

    /** What a passkey is to be made with. */
    Map<String, String> begin(String organization, Arrival arrival, Handle userHandle) {
        return creation.options(
                challenges.issue(new Beginning(organization, arrival.code)),
                organization,
                HexFormat.of().parseHex(userHandle.value()));
    }

    /** The key that was made. @throws Problem where it was not begun with the same code, or isn't one */
    NewKey finish(String organization, Made made) {
        boolean begun = challenges
                .take(made.challenge)
                .filter(new Beginning(organization, made.code)::equals)
                .isPresent();
        if (!begun) {
            throw Problem.of(400, "unknown-challenge", "too late, or not begun here");
        }
        return creation.check(made.challenge, made.attestationObject, made.clientData);
    }

    /** That there is no such code. */
    static Problem noInvitation() {
        return Problem.of(404, "no-invitation", "there is no such code, or not any more");
    }
}
