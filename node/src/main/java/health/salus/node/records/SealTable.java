package health.salus.node.records;

import com.zaxxer.hikari.HikariDataSource;
import health.salus.fhir.ResourceVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Seals in a table of H2 or PostgreSQL. {@code position} is null until the log has the entry; {@code since} is the size
 * that the log had when the row was written.
 */
final class SealTable implements AutoCloseable {
    private static final int SCHEMA = 1;
    private static final int BYTES_COLUMN = 3;

    private final HikariDataSource database;

    record Unplaced(SealRow row, long since) {}

    /** Work within one database transaction. */
    private interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    SealTable(HikariDataSource database) {
        this.database = database;
    }

    static String hex(byte[] entry) {
        return HexFormat.of().formatHex(entry);
    }

    void createSchema() {
        transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists seal_schema (version int primary key)");
                int found = schemaVersion(statement);
                if (found > SCHEMA) {
                    throw new RecordStoreException(
                            "seals are stored in form " + found + " (expected: " + SCHEMA + "); use a later Salus");
                }
                if (found == 0) {
                    String bytes = isPostgreSql(connection) ? "bytea" : "varbinary";
                    statement.execute("create table seal (resource_type varchar(64) not null,"
                            + " resource_id varchar(64) not null, version varchar(64) not null, seal " + bytes
                            + ", entry " + bytes + " not null, since bigint not null, position bigint,"
                            + " primary key (resource_type, resource_id, version))");
                    statement.execute("create index seal_position on seal (position)");
                    statement.execute("insert into seal_schema values (" + SCHEMA + ")");
                }
            }
            return null;
        });
    }

    private static int schemaVersion(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select max(version) from seal_schema")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static boolean isPostgreSql(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    /** Those of the versions that have a position. */
    Map<ResourceVersion, Long> positions(Collection<ResourceVersion> versions) {
        return transaction(connection -> {
            Map<ResourceVersion, Long> positions = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select position from seal where resource_type = ? and resource_id = ? and version = ?"
                            + " and position is not null")) {
                for (ResourceVersion version : versions) {
                    name(select, 1, version);
                    try (ResultSet rows = select.executeQuery()) {
                        if (rows.next()) {
                            positions.put(version, rows.getLong(1));
                        }
                    }
                }
            }
            return positions;
        });
    }

    /** Writes rows without a position, in place of those that an earlier attempt has left. */
    void insert(List<SealRow> rows, long since) {
        transaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                            "delete from seal where resource_type = ? and resource_id = ? and version = ?"
                                    + " and position is null");
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into seal (seal, entry, since, resource_type, resource_id, version)"
                                    + " values (?, ?, ?, ?, ?, ?)")) {
                for (SealRow row : rows) {
                    name(delete, 1, row.version());
                    delete.addBatch();
                    insert.setBytes(1, row.seal());
                    insert.setBytes(2, row.entry());
                    insert.setLong(3, since);
                    name(insert, 4, row.version());
                    insert.addBatch();
                }
                delete.executeBatch();
                insert.executeBatch();
            }
            return null;
        });
    }

    void place(Map<ResourceVersion, Long> positions) {
        transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update seal set position = ? where resource_type = ? and resource_id = ? and version = ?")) {
                for (Map.Entry<ResourceVersion, Long> placed : positions.entrySet()) {
                    update.setLong(1, placed.getValue());
                    name(update, 2, placed.getKey());
                    update.addBatch();
                }
                update.executeBatch();
            }
            return null;
        });
    }

    List<Unplaced> unplaced() {
        return transaction(connection -> {
            List<Unplaced> unplaced = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select resource_type, resource_id, version, seal, entry,"
                            + " since from seal where position is null order by since")) {
                while (rows.next()) {
                    ResourceVersion version =
                            new ResourceVersion(rows.getString(1), rows.getString(2), rows.getString(3));
                    unplaced.add(new Unplaced(
                            new SealRow(version, rows.getBytes(4), rows.getBytes(5)), rows.getLong("since")));
                }
            }
            return unplaced;
        });
    }

    Optional<KeptSeal> find(ResourceVersion version) {
        return read("and version = ?", version.type(), version.id(), version.version()).stream()
                .findFirst();
    }

    List<KeptSeal> versions(String type, String id) {
        return read("order by position", type, id);
    }

    private List<KeptSeal> read(String rest, String... names) {
        return reading(connection -> {
            List<KeptSeal> kept = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select version, position, seal from seal"
                    + " where resource_type = ? and resource_id = ? " + rest)) {
                for (int i = 0; i < names.length; i++) {
                    select.setString(i + 1, names[i]);
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        long position = rows.getLong(2);
                        OptionalLong placed = rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
                        kept.add(new KeptSeal(
                                new ResourceVersion(names[0], names[1], rows.getString(1)),
                                Optional.ofNullable(rows.getBytes(BYTES_COLUMN)),
                                placed));
                    }
                }
            }
            return kept;
        });
    }

    List<KeptSeal> after(long position, int most) {
        return reading(connection -> {
            List<KeptSeal> kept = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select resource_type, resource_id, version,"
                    + " position, seal from seal where position > ? and seal is not null order by position limit ?")) {
                select.setLong(1, position);
                select.setInt(2, most);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        kept.add(new KeptSeal(
                                new ResourceVersion(rows.getString(1), rows.getString(2), rows.getString(3)),
                                Optional.ofNullable(rows.getBytes("seal")),
                                OptionalLong.of(rows.getLong("position"))));
                    }
                }
            }
            return kept;
        });
    }

    List<Long> erase(String type, String id) {
        List<Long> positions = versions(type, id).stream()
                .flatMapToLong(kept -> kept.position().stream())
                .boxed()
                .toList();
        transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update seal set seal = ? where resource_type = ? and resource_id = ?")) {
                update.setNull(1, Types.BINARY);
                update.setString(2, type);
                update.setString(3, id);
                update.executeUpdate();
            }
            return null;
        });
        return positions;
    }

    @Override
    public void close() {
        database.close();
    }

    private static void name(PreparedStatement statement, int first, ResourceVersion version) throws SQLException {
        statement.setString(first, version.type());
        statement.setString(first + 1, version.id());
        statement.setString(first + 2, version.version());
    }

    /** Of one statement, which is a transaction of its own; a transaction around it would be three statements more. */
    private <T> T reading(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private <T extends @Nullable Object> T transaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static RecordStoreException failed(SQLException e) {
        return new RecordStoreException("store of seals failed: SQL state " + e.getSQLState(), e);
    }
}
