package health.salus.node.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds audit records by patient, newest first. Derived from the journal: what is missing here after a crash is indexed
 * again when the journal is opened. Thread-safe.
 */
final class AuditIndex {
    private static final String SCHEMA = """
            create table if not exists audit_record (
              id varchar(64) primary key,
              handle varchar(22) not null,
              requester varchar(40) not null,
              recorded timestamp(3) with time zone not null,
              position bigint not null,
              next_position bigint not null,
              entry bigint not null)""";

    private final JdbcTemplate jdbc;

    AuditIndex(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute(SCHEMA);
        jdbc.execute("create index if not exists audit_record_handle on audit_record (handle, position)");
        jdbc.execute("create index if not exists audit_record_next on audit_record (next_position)");
    }

    /**
     * Where one record lies.
     *
     * @param position its frame in the journal
     * @param next where the frame after it begins
     * @param entry index of its commitment in the record log
     */
    record Place(String id, String handle, String requester, Instant recorded, long position, long next, long entry) {
        static Place of(AuditRecord record, long position, long next, long entry) {
            return new Place(
                    record.id(), record.handle(), record.requester(), record.recorded(), position, next, entry);
        }
    }

    void add(List<Place> places) {
        jdbc.batchUpdate(
                "insert into audit_record (id, handle, requester, recorded, position, next_position, entry)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                places,
                places.size(),
                (row, place) -> {
                    row.setString(1, place.id);
                    row.setString(2, place.handle);
                    row.setString(3, place.requester);
                    row.setTimestamp(4, Timestamp.from(place.recorded));
                    row.setLong(5, place.position);
                    row.setLong(6, place.next);
                    row.setLong(7, place.entry);
                });
    }

    /** Up to where the journal is indexed; 0 for not at all. */
    long indexedTo() {
        Long to = jdbc.queryForObject("select coalesce(max(next_position), 0) from audit_record", Long.class);
        return to == null ? 0 : to;
    }

    /** The last entry of the record log that is indexed here; -1 for none. */
    long lastEntry() {
        Long entry = jdbc.queryForObject("select coalesce(max(entry), -1) from audit_record", Long.class);
        return entry == null ? -1 : entry;
    }

    /** A patient's records before position {@code before}, newest first. */
    List<Place> find(String handle, long before, int most) {
        return query("where handle = ? and position < ? order by position desc limit ?", handle, before, most);
    }

    /** All records before position {@code before}, newest first. */
    List<Place> findAll(long before, int most) {
        return query("where position < ? order by position desc limit ?", before, most);
    }

    /** Where the record with this id lies. */
    Optional<Place> place(String id) {
        return query("where id = ?", id).stream().findFirst();
    }

    private List<Place> query(String where, Object... values) {
        return jdbc.query(
                "select id, handle, requester, recorded, position, next_position, entry from audit_record " + where,
                (row, number) -> new Place(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)),
                values);
    }
}
