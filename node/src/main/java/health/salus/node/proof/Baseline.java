package health.salus.node.proof;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the server had before the gateway was opened for the first time. It has no seals and is taken as it is: until the
 * first pass through the history is over, an unsealed version that the server dates before that moment, or doesn't date,
 * is nothing to report. What came about since is. Thread-safe.
 */
final class Baseline {
    private volatile Instant before;

    /** @param jdbc the organization's own database, where the moment is kept over restarts */
    Baseline(JdbcTemplate jdbc, InstantSource clock) {
        jdbc.execute(
                "create table if not exists baseline (id int primary key, opened timestamp(3) with time zone not null)");
        List<Timestamp> opened = jdbc.queryForList("select opened from baseline", Timestamp.class);
        if (opened.isEmpty()) {
            before = clock.instant();
            jdbc.update("insert into baseline (id, opened) values (1, ?)", Timestamp.from(before));
        } else {
            before = opened.getFirst().toInstant();
        }
    }

    /** The first pass is over: from now on every version is expected to have a seal. */
    void end() {
        before = Instant.MIN;
    }

    /**
     * Whether a version may be without a seal.
     *
     * @param dated {@code meta.lastUpdated} or {@code response.lastModified}, a FHIR instant; empty where absent
     */
    boolean covers(String dated) {
        Instant limit = before;
        if (limit.equals(Instant.MIN)) {
            return false;
        }
        try {
            return OffsetDateTime.parse(dated).toInstant().isBefore(limit);
        } catch (DateTimeParseException e) {
            return true;
        }
    }
}
