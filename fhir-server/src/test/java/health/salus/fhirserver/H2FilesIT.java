package health.salus.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FilesIT {
    @TempDir
    Path directory;

    @Test
    void a_commit_is_in_the_file_when_it_returns() throws Exception {
        try (Connection writer = open("db")) {
            execute(writer, "create table t(n int)");
            execute(writer, "insert into t values (7)");

            Files.copy(
                    directory.resolve("db.mv.db"),
                    directory.resolve("copy.mv.db"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        try (Connection reader = open("copy")) {
            assertThat(onlyNumber(reader)).isEqualTo(7);
        }
    }

    @Test
    void an_interrupted_thread_leaves_the_database_open() throws Exception {
        try (Connection connection = open("db")) {
            execute(connection, "create table t(n int)");
            Thread.currentThread().interrupt();
            execute(connection, "insert into t values (7)");
            Thread.interrupted();

            assertThat(onlyNumber(connection)).isEqualTo(7);
        }
    }

    private Connection open(String name) throws SQLException {
        return DriverManager.getConnection(H2Files.jdbcUrl(directory.resolve(name)), "sa", "");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int onlyNumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from t")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }
}
