package health.salus.node.portal;

import health.salus.identity.Handle;
import health.salus.node.web.Places;
import health.salus.node.web.Problem;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Exports under way. Each reads all of a patient's records, so there are few at once, and one of a patient. Thread-safe. */
@Component
public final class Exports {
    private static final int MOST = 8;
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Places places = new Places(MOST, 1);

    Exports() {}

    /** Begins one, which closing ends. @throws Problem while there are too many, or one of this patient */
    public Places.Place begin(Handle patient) {
        return places.take(patient.value())
                .orElseThrow(() ->
                        Problem.of(503, "busy", "too many exports at once").retryAfter(PAUSE));
    }
}
