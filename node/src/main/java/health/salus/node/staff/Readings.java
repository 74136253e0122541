package health.salus.node.staff;

import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.node.requester.CustodianClient;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.WebUtils;

/** What the holder of one session reads, and what they were asked to sign for it; ends with the session. Thread-safe. */
final class Readings {
    private static final String ATTRIBUTE = Readings.class.getName();
    private static final int MOST = 8;

    /**
     * An assertion that was drafted.
     *
     * @param tokenEndpoint where it shall be shown
     */
    record Draft(Handle ground, CustodianClient custodian, URI tokenEndpoint) {}

    private final Map<Handle, Reading> open = new LinkedHashMap<>(); // also the lock
    private final Map<Sha256, Draft> drafts = new LinkedHashMap<>(); // by the digest of their claims

    private Readings() {}

    static Readings of(HttpSession session) {
        synchronized (WebUtils.getSessionMutex(session)) {
            if (session.getAttribute(ATTRIBUTE) instanceof Readings readings) {
                return readings;
            }
            Readings made = new Readings();
            session.setAttribute(ATTRIBUTE, made);
            return made;
        }
    }

    /** @param claims those that have to be signed */
    void draft(byte[] claims, Draft draft) {
        synchronized (open) {
            put(drafts, Sha256.of(claims), draft);
        }
    }

    /** The draft with exactly these claims, once. */
    Optional<Draft> take(byte[] claims) {
        synchronized (open) {
            return Optional.ofNullable(drafts.remove(Sha256.of(claims)));
        }
    }

    void open(Handle ground, Reading reading) {
        synchronized (open) {
            put(open, ground, reading);
        }
    }

    /** The reading under {@code ground}, while its token lasts. */
    Optional<Reading> of(Handle ground, Instant now) {
        synchronized (open) {
            open.values().removeIf(reading -> !now.isBefore(reading.expires()));
            return Optional.ofNullable(open.get(ground));
        }
    }

    private static <K, V> void put(Map<K, V> map, K key, V value) {
        if (map.size() >= MOST) {
            map.remove(map.keySet().iterator().next());
        }
        map.put(key, value);
    }
}
