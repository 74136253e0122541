package health.salus.node.access;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonReader;
import health.salus.identity.Handle;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.event.LedgerEvent;
import health.salus.node.notice.Mails;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
            return Notifications.isEmergency(type);
        }

        /** The handle in this member of its data. */
        public Optional<Handle> handle(String member) {
            return JsonReader.object(data.getBytes(StandardCharsets.UTF_8))
                                            .members()
                                            .get(member)
                                    instanceof JsonString(String value)
                            && Handle.isHandle(value)
                    ? Optional.of(new Handle(value))
                    : Optional.empty();
        }
    }

    private final JdbcTemplate jdbc;
    private final Mails mails;

    /**
     * @param jdbc the organization's own database
     * @param mails told that there is something to tell
     */
    public Notifications(JdbcTemplate jdbc, Mails mails) {
        this.jdbc = jdbc;
        this.mails = mails;
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
        jdbc.execute("create index if not exists notification_type on notification (type, height)");
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
            mails.happened(new Handle(patient), isEmergency(event.event().type()));
        }
    }

    private static boolean isEmergency(String type) {
        return type.startsWith("access.emergency-");
    }

    /** A patient's notifications, newest first. */
    public List<Notification> of(String patient, int most) {
        return query("where patient = ?", patient, most);
    }

    /** All patients' of one type before {@code before}, exclusive, newest first. */
    public List<Notification> ofType(String type, Cursor before, int most) {
        return query(
                "where type = ? and (height < ? or (height = ? and offset_in_block < ?))",
                type,
                before.height(),
                before.height(),
                before.offset(),
                most);
    }

    private List<Notification> query(String where, Object... values) {
        return jdbc.query(
                "select height, offset_in_block, block_time, type, data from notification " + where
                        + " order by height desc, offset_in_block desc limit ?",
                (row, number) -> new Notification(
                        row.getLong(1) + "." + row.getInt(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getString(5)),
                values);
    }
}
