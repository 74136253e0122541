package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgreSqlIT {
    @TempDir
    private Path directory;

    @Test
    void records_and_seals_in_postgresql_are_there_after_a_restart() throws Exception {
        assumeTrue(canRun(), "PostgreSQL doesn't run as root, and 'unshare --user' is not allowed here");
        Path password = Files.writeString(directory.resolve("database.password"), "postgres\n");
        try (EmbeddedPostgres database = EmbeddedPostgres.start();
                TwoOrganizations network =
                        TwoOrganizations.start(directory, """
                        {kind: embedded, database: {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, \
                        password: "file:%s"}}""".formatted(database.getPort(), password))) {
            TestClient staff = network.city(network.cityStaff, "system/*.cruds");
            String path = "Patient/"
                    + TestPatient.id(staff.post(
                                    "/fhir/Patient",
                                    "{\"resourceType\":\"Patient\",\"gender\":\"female\",\"birthDate\":\"1970-01-01\"}")
                            .body());
            requireSealed(network, staff, path);

            network.stop();
            network.startAgain();

            assertThat(staff.read("Patient?birthdate=1970-01-01&gender=female").toString())
                    .contains(path);
            requireSealed(network, staff, path);
            assertThat(sealsOf(database, path)).isEqualTo(1);
            assertThat(network.data.resolve("organizations/city/fhir.mv.db")).doesNotExist();
        }
    }

    private static void requireSealed(TwoOrganizations network, TestClient staff, String path) throws Exception {
        RecordReceipt receipt = RecordReceipt.parse(staff.receipt("/records/" + path + "/1/receipt"));
        var resource = FhirJson.resource(staff.get("/fhir/" + path).body().getBytes(StandardCharsets.UTF_8));
        assertThat(receipt.check(network.policy(), resource, OwnBases.of(network.address + "/city/fhir"))
                        .isVerified())
                .isTrue();
    }

    private static int sealsOf(EmbeddedPostgres database, String path) throws Exception {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                PreparedStatement count = connection.prepareStatement(
                        "select count(*) from seal where resource_type || '/' || resource_id = ?")) {
            count.setString(1, path);
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static boolean canRun() throws IOException, InterruptedException {
        return !System.getProperty("user.name").equals("root")
                || new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
    }
}
