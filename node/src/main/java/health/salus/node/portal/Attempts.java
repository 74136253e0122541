package health.salus.node.portal;

import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** How often somebody may try to get in: by network address, and by the patient whom they say they are. Thread-safe. */
@Component
final class Attempts {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_OF_ADDRESS = 300; // many people can be behind one
    private static final int MOST_OF_PATIENT = 20;

    private final AttemptLimit addresses;
    private final AttemptLimit patients;

    Attempts(InstantSource clock) {
        this.addresses = new AttemptLimit(MOST_OF_ADDRESS, WINDOW, clock);
        this.patients = new AttemptLimit(MOST_OF_PATIENT, WINDOW, clock);
    }

    /** @throws Problem with status 429 after too many requests from this address */
    void requirePermitted(HttpServletRequest request) {
        requirePermitted(addresses, request.getRemoteAddr());
    }

    /** @throws Problem with status 429 after too many attempts to be this patient */
    void requirePermitted(String handle) {
        requirePermitted(patients, handle);
    }

    private static void requirePermitted(AttemptLimit limit, String name) {
        if (!limit.permits(name)) {
            throw Problem.of(429, "too-many-attempts", "too many attempts to sign in")
                    .retryAfter(WINDOW);
        }
    }
}
