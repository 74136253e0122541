package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.fhir.ResourceVersion;
import health.salus.node.backend.Body;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.SharedFhirServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The node's process is killed when the FHIR server has stored a write and the record log doesn't know of it. */
@ExtendWith(SharedFhirServer.class)
class NodeKillIT {
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"gender\":\"female\"}";
    private static final String TRANSACTION = """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:3d4e9f3c-0f7b-4c7a-9c59-6f1f6d0f3a01","resource":{"resourceType":"Patient"},
              "request":{"method":"POST","url":"Patient"}},
             {"resource":{"resourceType":"Observation","status":"final","code":{"text":"weight"},"subject":
              {"reference":"urn:uuid:3d4e9f3c-0f7b-4c7a-9c59-6f1f6d0f3a01"}},
              "request":{"method":"POST","url":"Observation"}}]}""";

    @TempDir
    private Path directory;

    private ForeignServer server;
    private TwoOrganizations network;
    private TestClient staff;
    private TestClient admin;

    @BeforeEach
    void start(EmbeddedBackend embedded) throws Exception {
        embedded.exchange(FhirRequest.json("POST", "Patient", Body.of(PATIENT)));
        server = ForeignServer.of(embedded);
        network = TwoOrganizations.start(directory, "{kind: url, url: \"" + server.base() + "\"}");
        staff = network.city(network.cityStaff, "system/*.cruds");
        admin = network.city(network.cityAdmin, "system/*.cruds");
        Eventually.found(() -> LogAudit.records(network).after(-1, 1).isEmpty() ? null : "the first pass has begun");
        network.close();
    }

    @AfterEach
    void stop() {
        network.close();
        server.close();
    }

    @Test
    void an_assertion_that_was_used_stays_used() throws Exception {
        String assertion = staff.assertion();
        try (NodeProcess node = node()) {
            node.awaitReady();
            assertThat(staff.tokenAnswer(assertion).statusCode()).isEqualTo(200);
            node.kill();
        }
        network.startAgain();

        HttpResponse<String> replayed = staff.tokenAnswer(assertion);
        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.body()).contains("jti was used before");
    }

    @Test
    void what_the_server_stored_is_sealed_once_after_the_restart() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        List<ResourceVersion> stored = new ArrayList<>();
        stored.addAll(writeAndKill("/fhir/Patient", PATIENT, 1, acknowledged));
        stored.addAll(writeAndKill("/fhir/Patient", PATIENT, 2, acknowledged));
        stored.addAll(writeAndKill("/fhir", TRANSACTION, 2, acknowledged));

        assertThat(stored).hasSize(4);
        try (NodeProcess node = node()) {
            node.awaitReady();
            for (ResourceVersion version : stored) {
                Eventually.found(() -> admin.get("/findings").body().contains(version.toString()) ? version : null);
                assertThat(staff.receipt("/records/" + version.resource() + "/1/receipt"))
                        .contains(version.toString());
            }
            for (String id : acknowledged) {
                assertThat(staff.receipt("/records/Patient/" + id + "/1/receipt"))
                        .contains(id);
            }
        }
        network.startAgain();
        LogAudit.requireOneEntryForEachSeal(network);
    }

    /** @param exchange at which the node is killed: 1 is the write itself, 2 the reading of what it made */
    private List<ResourceVersion> writeAndKill(String path, String body, int exchange, List<String> acknowledged)
            throws Exception {
        AtomicReference<FhirResponse> written = new AtomicReference<>();
        try (NodeProcess node = node()) {
            node.awaitReady();
            acknowledged.add(TestPatient.id(staff.post("/fhir/Patient", PATIENT).body()));
            AtomicInteger exchanges = new AtomicInteger();
            server.conduct((request, itself) -> {
                FhirResponse response = itself.exchange(request);
                if (request.method().equals("POST")) {
                    written.set(response);
                }
                if (written.get() != null && isOfTheWrite(request) && exchanges.incrementAndGet() == exchange) {
                    node.kill();
                    throw new IOException("nobody there to answer");
                }
                return response;
            });
            assertThatThrownBy(() -> staff.post(path, body)).isInstanceOf(UncheckedIOException.class);
            server.conduct(ForeignServer.Conduct.GOOD);
        }
        return java.util.regex.Pattern.compile("([A-Z][A-Za-z]+/[^/\"]+/_history/1)\"")
                .matcher(written.get()
                                .headers()
                                .first("Location")
                                .map(one -> one + '"')
                                .orElse("")
                        + written.get().body().text())
                .results()
                .map(found -> ResourceVersion.parse(found.group(1)))
                .distinct()
                .toList();
    }

    private static boolean isOfTheWrite(FhirRequest request) {
        return request.method().equals("POST") || request.path().endsWith("/_history/1");
    }

    private NodeProcess node() throws IOException {
        Path log = directory.resolve("node.log");
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        return NodeProcess.start(network.configuration, network.address, log, "--salus.proof.reconcile-every=1s");
    }
}
