package health.salus.fhirserver;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Date;
import java.util.Optional;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.InstantType;

/**
 * Reads current versions out of HAPI's tables, by one statement and without parsing. HAPI keeps a version as the JSON that it
 * answers with, but for its id, number and time, which are columns. What was stored in any other way is left to the server.
 *
 * <p>HAPI promises nothing of its tables, so whoever takes a resource from here compares it with its seal. Thread-safe.
 */
final class StoredResources {
    private static final String CURRENT = """
            select v.res_ver, r.res_updated, v.res_text_vc from hfj_resource r
            join hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
            where r.res_type = ? and r.fhir_id = ? and r.res_deleted_at is null and r.partition_id is null
            and v.res_encoding = 'JSON' and v.has_tags = false and v.source_uri is null""";

    private static final String META = ",\"meta\":{";

    private final DataSource database;
    private final String base;

    /** @param base address of the server; it shortens references that begin with it when it answers */
    StoredResources(DataSource database, String base) {
        this.database = database;
        this.base = base;
    }

    /** The current version; empty where there is none, or where only the server can tell it. */
    Optional<StoredResource> find(String type, String id) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(CURRENT)) {
            statement.setString(1, type);
            statement.setString(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? resource(type, id, row) : Optional.empty();
            }
        } catch (SQLException e) {
            return Optional.empty(); // the server is asked, and knows how to say what is wrong
        }
    }

    private Optional<StoredResource> resource(String type, String id, ResultSet row) throws SQLException {
        long version = row.getLong(1);
        Timestamp updated = row.getTimestamp(2);
        String text = row.getString(3);
        String head = "{\"resourceType\":\"" + type + '"';
        if (text == null
                || !text.startsWith(head)
                || text.startsWith(",\"id\"", head.length())
                || text.contains(base)) {
            return Optional.empty();
        }
        return Optional.of(new StoredResource(
                complete(head, id, version, updated, text.substring(head.length())), updated.toInstant()));
    }

    /** @param rest what follows the resource's type: a comma, or the brace at the end */
    private static byte[] complete(String head, String id, long version, Date updated, String rest) {
        StringBuilder json = new StringBuilder(head.length() + rest.length() + 160)
                .append(head)
                .append(",\"id\":\"")
                .append(id)
                .append('"')
                .append(META)
                .append("\"versionId\":\"")
                .append(version)
                .append("\",\"lastUpdated\":\"")
                .append(new InstantType(updated).getValueAsString())
                .append('"');
        if (!rest.startsWith(META)) {
            json.append('}').append(rest);
        } else if (rest.startsWith("}", META.length())) {
            json.append(rest, META.length(), rest.length());
        } else {
            json.append(',').append(rest, META.length(), rest.length());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
