package health.salus.node.pages;

import health.salus.node.smart.Clients;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * The sessions in force of all pages: who signed in sees their own, and can end them. A session is here exactly as long as the
 * servlet container has it. Thread-safe.
 */
@Component
public final class OpenSessions {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenSessions.class);
    private static final String ATTRIBUTE = OpenSessions.class.getName();

    private final Clients clients;
    private final InstantSource clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    OpenSessions(Clients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** Remembers a session until the container forgets it. */
    void add(PageSession session, HttpSession http) {
        http.setAttribute(ATTRIBUTE, new Held(UUID.randomUUID().toString(), session, http));
    }

    /** Those of who asks: the one that asks first, then the one used last. */
    public List<OpenSession> own(PageSession session, HttpServletRequest request) {
        return matching(session::isOfSame, request);
    }

    /** Those at all pages of an organization, in the same order. */
    public List<OpenSession> at(String organization, HttpServletRequest request) {
        return matching(session -> session.organization().equals(organization), request);
    }

    /** Gives a page what it shows: the sessions of who asks, whether they may end any, and for how many minutes one may. */
    public void show(PageSession session, HttpServletRequest request, Model model) {
        model.addAttribute("sessions", own(session, request));
        model.addAttribute("recent", session.isRecent(clock.instant()));
        model.addAttribute("minutes", PageSession.RECENT.toMinutes());
    }

    /**
     * Ends sessions of who asks, but not the one that asks: sign-out does that.
     *
     * @param id of one of them; empty for all others
     * @return how many
     * @throws Problem where it is too long ago that they signed in
     */
    public int endOwn(PageSession session, HttpServletRequest request, Optional<String> id) {
        return end(
                session, own(session, request), one -> id.isEmpty() || one.id().equals(id.get()));
    }

    /**
     * Ends those of {@code sessions} that are {@code meant}, but not the one that asks.
     *
     * @return how many
     * @throws Problem where it is too long ago that who asks signed in
     */
    public int end(PageSession by, Collection<OpenSession> sessions, Predicate<OpenSession> meant) {
        if (!by.isRecent(clock.instant())) {
            throw Problem.of(403, "sign-in-again", "ending sessions takes a sign-in just before");
        }
        int ended = Math.toIntExact(sessions.stream()
                .filter(one -> !one.current() && meant.test(one))
                .map(one -> held.get(one.id()))
                .filter(one -> one != null && one.end())
                .count());
        LOGGER.atInfo()
                .addKeyValue("organization", by.organization())
                .addKeyValue("pages", by.area())
                .addKeyValue("sessions", ended)
                .log("sessions ended");
        return ended;
    }

    private List<OpenSession> matching(Predicate<PageSession> whose, HttpServletRequest request) {
        HttpSession asking = request.getSession(false);
        Object current = asking == null ? null : asking.getAttribute(ATTRIBUTE);
        Instant now = clock.instant();
        return held.values().stream()
                .filter(one -> whose.test(one.session) && !one.session.isOver(now) && one.session.isInForce(clients))
                .flatMap(one -> one == current ? Stream.of(one.shown(now, true)) : one.shown())
                .sorted(Comparator.comparing(OpenSession::current)
                        .thenComparing(OpenSession::lastUsed)
                        .reversed())
                .toList();
    }

    /** A session, and where the container has it. */
    private final class Held implements HttpSessionBindingListener {
        private final String id;
        private final PageSession session;
        private final HttpSession http;

        Held(String id, PageSession session, HttpSession http) {
            this.id = id;
            this.session = session;
            this.http = http;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            held.put(id, this);
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            held.remove(id);
        }

        /** Empty where it has just ended. */
        Stream<OpenSession> shown() {
            try {
                return Stream.of(shown(Instant.ofEpochMilli(http.getLastAccessedTime()), false));
            } catch (IllegalStateException ended) {
                return Stream.empty();
            }
        }

        OpenSession shown(Instant lastUsed, boolean current) {
            return new OpenSession(id, session, lastUsed, current);
        }

        /** Whether it was still there to be ended. */
        boolean end() {
            try {
                http.invalidate();
                return true;
            } catch (IllegalStateException ended) {
                return false;
            }
        }
    }
}
