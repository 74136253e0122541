package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.SharedFhirServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The node's disk is full; the FHIR server's is not. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(SharedFhirServer.class)
class DiskFullIT {
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"gender\":\"female\"}";

    @TempDir
    private Path directory;

    private ForeignServer server;
    private TwoOrganizations network;
    private TestClient staff;

    @BeforeEach
    void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        network = TwoOrganizations.start(directory, "{kind: url, url: \"" + server.base() + "\"}");
        staff = network.city(network.cityStaff, "system/*.cruds");
        network.close();
    }

    @AfterEach
    void stop() {
        network.close();
        server.close();
    }

    @Test
    void nothing_acknowledged_is_lost_and_refusals_are_typed() throws Exception {
        Set<String> stored = ConcurrentHashMap.newKeySet();
        server.conduct((request, itself) -> {
            var response = itself.exchange(request);
            if (request.method().equals("POST")) {
                stored.add(TestPatient.id(response.body().text()));
            }
            return response;
        });
        List<String> acknowledged = new ArrayList<>();
        try (NodeProcess node = node()) {
            node.awaitReady();
            acknowledged.add(TestPatient.id(staff.post("/fhir/Patient", PATIENT).body()));
            limitFileSize(node.pid(), largestFile() + 20_000);
            HttpResponse<String> refused = writeUntilRefused(acknowledged);

            requireTyped(refused);
            requireTyped(staff.post("/fhir/Patient", PATIENT));
            requireTyped(staff.get("/fhir/Patient/" + acknowledged.getFirst()));
            node.kill();
        }
        try (NodeProcess node = node()) {
            node.awaitReady();
            for (String id : acknowledged) {
                assertThat(staff.receipt("/records/Patient/" + id + "/1/receipt"))
                        .contains(id);
            }
            for (String id : stored) { // whoever's write was refused though the server had it
                assertThat(staff.receipt("/records/Patient/" + id + "/1/receipt"))
                        .contains(id);
            }
            assertThat(staff.post("/fhir/Patient", PATIENT).statusCode()).isEqualTo(201);
        }
        network.startAgain();
        LogAudit.requireOneEntryForEachSeal(network);
        assertThat(Files.readString(directory.resolve("node.log"))).doesNotContain("\tat ");
    }

    private HttpResponse<String> writeUntilRefused(List<String> acknowledged) {
        for (int i = 0; i < 3_000; i++) {
            HttpResponse<String> answer = staff.post("/fhir/Patient", PATIENT);
            if (answer.statusCode() != 201) {
                return answer;
            }
            acknowledged.add(TestPatient.id(answer.body()));
        }
        throw new AssertionError("the disk never was full");
    }

    private static void requireTyped(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).containsAnyOf("OperationOutcome", "\"code\":").doesNotContain("Exception", "\tat ");
    }

    private NodeProcess node() throws IOException {
        return NodeProcess.start(
                network.configuration,
                network.address,
                directory.resolve("node.log"),
                "--salus.proof.reconcile-every=1s");
    }

    private long largestFile() throws IOException {
        try (Stream<Path> files = Files.walk(network.data)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElse(0);
        }
    }

    /** From now on, writing beyond the limit fails as it does on a full disk. */
    private static void limitFileSize(long pid, long bytes) throws IOException, InterruptedException {
        Process limiting = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes).start();
        assertThat(limiting.waitFor()).isZero();
    }
}
