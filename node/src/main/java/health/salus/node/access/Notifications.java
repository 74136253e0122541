package health.salus.node.access;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.event.LedgerEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What patients are told without asking: everything that happened on the ledger about their records, emergency access
 * above all. Thread-safe.
 */
public final class Notifications {
    /**
     * One of them.
     *
     * @param cursor its place on the ledger, {@code height.offset}
     * @param type for example {@code access.emergency-opened}
     * @param data of the event, canonical JSON
     */
    public record Notification(String cursor, Instant time, String type, String data) {
        /** Whether somebody opened the record without leave. */
        public boolean isEmergency() {
            return type.startsWith("access.emergency-");
        }
    }

    private final JdbcTemplate jdbc;

    /** @param jdbc the organization's own database */
    public Notifications(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("""
                create table if not exists notification (
                  height bigint not null,
                  offset_in_block int not null,
                  patient varchar(32) not null,
                  block_time timestamp(3) with time zone not null,
                  type varchar(80) not null,
                  data varchar(4000) not null,
                  primary key (height, offset_in_block))""");
        jdbc.execute("create index if not exists notification_patient on notification (patient, height)");
    }

    void learn(LedgerEvent event) {
        JsonObject data = event.event().data();
        if (data.members().get("patient") instanceof JsonString(String patient)) {
            jdbc.update(
                    "merge into notification key (height, offset_in_block) values (?, ?, ?, ?, ?, ?)",
                    event.cursor().height(),
                    event.cursor().offset(),
                    patient,
                    Timestamp.from(event.time()),
                    event.event().type(),
                    new String(data.canonical(), StandardCharsets.UTF_8));
        }
    }

    /** A patient's notifications, newest first. */
    public List<Notification> of(String patient, int most) {
        return jdbc.query(
                "select height, offset_in_block, block_time, type, data from notification where patient = ?"
                        + " order by height desc, offset_in_block desc limit ?",
                (row, number) -> new Notification(
                        row.getLong(1) + "." + row.getInt(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getString(5)),
                patient,
                most);
    }
}
