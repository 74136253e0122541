package health.salus.node.access;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.EventStream;
import health.salus.ledger.event.LedgerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Follows the ledger's events about one organization's patients, from where it stopped last time on, and keeps what the
 * ledger itself can't be asked for. Thread-safe.
 */
public final class LedgerFollower implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LedgerFollower.class);
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final int BLOCKS_BETWEEN_SAVES = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final String organization;
    private final Function<Cursor, EventStream> events;
    private final JdbcTemplate jdbc;
    private final Emergencies emergencies;
    private final Notifications notifications;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long reached;
    private long savedHeight;
    private volatile boolean open = true;

    /** @param events opens a stream of the ledger's events */
    public LedgerFollower(
            String organization,
            Function<Cursor, EventStream> events,
            JdbcTemplate jdbc,
            Emergencies emergencies,
            Notifications notifications) {
        this.organization = organization;
        this.events = events;
        this.jdbc = jdbc;
        this.emergencies = emergencies;
        this.notifications = notifications;
        jdbc.execute("create table if not exists ledger_cursor (id int primary key, cursor_text varchar(40) not null)");
        this.thread = Thread.ofPlatform()
                .name("ledger-follower-" + organization)
                .daemon(true)
                .unstarted(this::follow);
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /** Waits, not for long, until the events of the block at {@code height} are dealt with. */
    public void awaitHeight(long height) {
        long nanos = LONGEST_WAIT.toNanos();
        lock.lock();
        try {
            while (reached < height && open && nanos > 0) {
                nanos = advanced.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        EventStream stream = events.apply(saved());
        while (open) {
            try {
                Optional<LedgerEvent> event = stream.next(PATIENCE);
                event.ifPresent(this::learn);
                if (stream.cursor().height() > savedHeight + BLOCKS_BETWEEN_SAVES) {
                    save(stream.cursor());
                }
                advance(stream.cursor().height() - 1);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOGGER.atError()
                        .addKeyValue("organization", organization)
                        .addKeyValue("error", e.toString())
                        .log("ledger events can't be followed");
                return;
            }
        }
    }

    private void learn(LedgerEvent event) {
        if (isOurs(event.event().data())) {
            emergencies.learn(event.event());
            notifications.learn(event);
            save(event.next());
        }
    }

    private void save(Cursor cursor) {
        jdbc.update("merge into ledger_cursor key (id) values (1, ?)", cursor.toString());
        savedHeight = cursor.height();
    }

    private boolean isOurs(JsonObject data) {
        return data.members().get("custodian") instanceof JsonString(String custodian)
                && custodian.equals(organization)
                && data.members().containsKey("patient");
    }

    private Cursor saved() {
        List<String> saved = jdbc.queryForList("select cursor_text from ledger_cursor", String.class);
        return saved.isEmpty() ? Cursor.START : Cursor.parse(saved.getFirst());
    }

    private void advance(long height) {
        lock.lock();
        try {
            reached = height;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
