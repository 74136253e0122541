package health.salus.node.passkey;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Random challenges, each good once and for {@link #LIFE}, with what each is about. Of too many the oldest gives way.
 * Thread-safe.
 */
public final class Challenges<T> {
    /** How long a challenge is good. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final int BYTES = 32;
    private static final int MOST = 10_000;

    private record Issued<T>(T about, Instant expires) {}

    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, Issued<T>> issued = new LinkedHashMap<>(); // also the lock

    /** None yet. */
    public Challenges(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /** A new one: 32 bytes in base64url. */
    public String issue(T about) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        synchronized (issued) {
            if (issued.size() >= MOST) {
                issued.remove(issued.keySet().iterator().next());
            }
            issued.put(challenge, new Issued<>(about, clock.instant().plus(LIFE)));
        }
        return challenge;
    }

    /** What a challenge is about; empty where it wasn't issued here, was used, or is too old. Uses it up. */
    public Optional<T> take(String challenge) {
        synchronized (issued) {
            return Optional.ofNullable(issued.remove(challenge))
                    .filter(found -> clock.instant().isBefore(found.expires))
                    .map(Issued::about);
        }
    }
}
