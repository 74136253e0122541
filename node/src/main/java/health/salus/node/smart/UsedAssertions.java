package health.salus.node.smart;

import health.salus.foundation.Sha256;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Remembers the {@code jti} of each assertion until it expires, over restarts too, so that none works twice at one
 * organization. Bounded: when full of assertions that could still be replayed, it refuses further ones rather than forget.
 * Thread-safe.
 */
public final class UsedAssertions {
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private final int capacity;
    private int kept;
    private Instant forgetAgain = Instant.MIN;

    /**
     * @param jdbc the organization's own database
     * @param capacity how many are remembered at most
     */
    public UsedAssertions(JdbcTemplate jdbc, int capacity) {
        this.jdbc = jdbc;
        this.capacity = capacity;
        jdbc.execute("create table if not exists used_assertion"
                + " (id varchar(43) primary key, expires timestamp(3) with time zone not null)");
        jdbc.execute("create index if not exists used_assertion_expires on used_assertion (expires)");
        this.kept = count();
    }

    /** What became of an id. */
    enum Outcome {
        /** Now used. */
        FIRST_USE,
        /** Was used before. */
        REPLAYED,
        /** No room to remember it. */
        FULL
    }

    /**
     * Uses up {@code id}, digest of issuer and jti, which can't be used after {@code expires} anyway. Durable on return.
     *
     * @throws org.springframework.dao.DataAccessException if it can't be remembered; it counts as not used
     */
    synchronized Outcome use(Sha256 id, Instant expires, Instant now) {
        if (kept >= capacity || !now.isBefore(forgetAgain)) {
            jdbc.update("delete from used_assertion where expires <= ?", Timestamp.from(now));
            kept = count();
            forgetAgain = now.plus(FORGET_EVERY);
        }
        if (kept >= capacity) {
            return Outcome.FULL;
        }
        try {
            jdbc.update(
                    "insert into used_assertion (id, expires) values (?, ?)", id.base64Url(), Timestamp.from(expires));
            kept++;
            return Outcome.FIRST_USE;
        } catch (DuplicateKeyException e) {
            return Outcome.REPLAYED;
        }
    }

    private int count() {
        Integer count = jdbc.queryForObject("select count(*) from used_assertion", Integer.class);
        return count == null ? 0 : count;
    }
}
