package health.salus.cli.demo;

import health.salus.fhirserver.H2Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The row of one resource in the FHIR server's own database, as somebody sees it who goes around the gateway. */
final class FhirRow implements AutoCloseable {
    private static final String WHERE =
            " from HFJ_RES_VER where RES_ID in (select RES_ID from HFJ_RESOURCE where RES_TYPE = ? and FHIR_ID = ?)";

    private final Connection database;
    private final String type;
    private final String id;

    private FhirRow(Connection database, String type, String id) {
        this.database = database;
        this.type = type;
        this.id = id;
    }

    /**
     * Opens the database.
     *
     * @param file without its ending {@code .mv.db}
     */
    static FhirRow open(Path file, String type, String id) throws SQLException {
        return new FhirRow(DriverManager.getConnection(H2Files.jdbcUrl(file), "sa", ""), type, id);
    }

    /** The SQL that {@link #replace} executes. */
    static String sql() {
        return "update HFJ_RES_VER set RES_TEXT_VC = replace(RES_TEXT_VC, ?, ?)";
    }

    /** Replaces a piece of the stored resource. @throws StepFailedException unless it is there once */
    void replace(String old, String replacement) throws SQLException {
        try (PreparedStatement update = database.prepareStatement(sql()
                + " where RES_TEXT_VC like ? and RES_ID in (select RES_ID from HFJ_RESOURCE where RES_TYPE = ? and"
                + " FHIR_ID = ?)")) {
            update.setString(1, old);
            update.setString(2, replacement);
            update.setString(3, "%" + old + "%");
            update.setString(4, type);
            update.setString(5, id);
            int rows = update.executeUpdate();
            StepFailedException.unless(rows == 1, rows + " rows of the database had " + old);
        }
    }

    /** How many versions of the resource the database has. */
    int versions() throws SQLException {
        try (PreparedStatement query = database.prepareStatement("select count(*)" + WHERE)) {
            query.setString(1, type);
            query.setString(2, id);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
