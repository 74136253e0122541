package health.salus.node.passkey;

import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * How often somebody may try to get in from one network address. Not for one patient: whoever knows a patient's handle could then
 * keep the patient out, and a passkey cannot be guessed. Thread-safe.
 */
@Component
public final class Attempts {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_OF_ADDRESS = 300; // many people can be behind one

    private final AttemptLimit addresses;

    Attempts(InstantSource clock) {
        this.addresses = new AttemptLimit(MOST_OF_ADDRESS, WINDOW, clock);
    }

    /** @throws Problem with status 429 after too many requests from this address */
    public void requirePermitted(HttpServletRequest request) {
        if (!addresses.permits(request.getRemoteAddr())) {
            throw Problem.of(429, "too-many-attempts", "too many attempts to sign in")
                    .retryAfter(WINDOW);
        }
    }
}
