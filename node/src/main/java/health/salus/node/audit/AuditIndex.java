package health.salus.node.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
              position bigint primary key,
              id varchar(64) not null,
              handle varchar(32) not null,
              requester varchar(40) not null,
              recorded timestamp(3) with time zone not null,
              next_position bigint not null,
              entry bigint not null)""";

    private static final String INSERT = "insert into audit_record"
            + " (id, handle, requester, recorded, position, next_position, entry) values (?, ?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate jdbc;

    AuditIndex(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute(SCHEMA);
        jdbc.execute("create index if not exists audit_record_handle on audit_record (handle, position)");
        jdbc.execute("create index if not exists audit_record_id on audit_record (id)");
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

        Place at(long otherEntry) {
            return new Place(id, handle, requester, recorded, position, next, otherEntry);
        }
    }

    /** Adds all or, where it throws, none; one forced write for all of them. */
    void add(List<Place> places) {
        jdbc.execute((Connection connection) -> {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (Place place : places) {
                    insert.setString(1, place.id);
                    insert.setString(2, place.handle);
                    insert.setString(3, place.requester);
                    insert.setTimestamp(4, Timestamp.from(place.recorded));
                    insert.setLong(5, place.position);
                    insert.setLong(6, place.next);
                    insert.setLong(7, place.entry);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                return places.size();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /** Up to where the journal is indexed; 0 for not at all. */
    long indexedTo() {
        return last().map(Place::next).orElse(0L);
    }

    /** The last entry of the record log that is indexed here; -1 for none. */
    long lastEntry() {
        return last().map(Place::entry).orElse(-1L);
    }

    private Optional<Place> last() {
        return query("order by position desc limit 1").stream().findFirst();
    }

    /** A patient's records, or with an empty handle everybody's, before position {@code before}, newest first. */
    List<Place> find(String handle, AuditFilter filter, long before, int most) {
        return query(
                (handle.isEmpty() ? "where handle >= ?" : "where handle = ?")
                        + " and position < ? and recorded >= ? and recorded < ?"
                        + " and (? = '' or requester = ?) and (requester <> '' or not ?)"
                        + " order by position desc limit ?",
                handle,
                before,
                Timestamp.from(filter.from()),
                Timestamp.from(filter.until()),
                filter.requester(),
                filter.requester(),
                filter.withoutOwn(),
                most);
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
