package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of {@code docs/user-guide.md}, run by a shell as a reader would run it, on a real node. Before the node is
 * told to stop, some more commands ask it things.
 */
@TestMethodOrder(OrderAnnotation.class)
class UserGuideIT {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String STOP = "kill $NODE";
    private static final int AFTER_ALL_OTHERS = Integer.MAX_VALUE;

    @TempDir
    static Path directory;

    private static Guide guide = new Guide(Path.of(""), List.of());
    private static Process shell;
    private static String port = "";

    @BeforeAll
    static void run_until_the_node_is_told_to_stop() throws IOException, InterruptedException {
        guide = Guide.of("docs/user-guide.md");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = Integer.toString(socket.getLocalPort());
        }
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("salus"), SalusProcess.home().resolve("salus"));
        Path work = Files.createDirectory(directory.resolve("work"));
        Files.writeString(directory.resolve("script"), script());
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", directory.resolve("script").toString())
                .directory(work.toFile())
                .redirectOutput(file("out").toFile())
                .redirectError(file("err").toFile());
        builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("SALUS_LISTEN_PORT", port);
        shell = builder.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (shell.isAlive() && Files.notExists(file("asked"))) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            Thread.sleep(200);
        }
        assertThat(file("asked")).as(said()).exists();
    }

    private static String script() {
        return guide.script(
                        "[ -z \"${NODE:-}\" ] || kill $NODE 2> /dev/null || true",
                        script -> script.contains(STOP) ? pause() + script : script)
                .replace("8480", port);
    }

    /** Where other commands can ask the node. */
    private static String pause() {
        return "echo \"$PATIENT $GRANT $ALICE\" > ../asked\nwhile [ ! -e ../answered ]; do sleep 0.2; done\n";
    }

    @AfterAll
    static void end() throws InterruptedException {
        shell.descendants().forEach(ProcessHandle::destroy);
        shell.destroy();
        shell.waitFor();
    }

    @Test
    void the_patient_sees_what_was_asked_and_that_it_was_revoked() throws Exception {
        JsonObject listed = json(
                "grants",
                "--json",
                "--gateway",
                gateway(),
                "--keystore",
                "patient.p12",
                "--password-file",
                "patient.password");

        List<Json> grants =
                listed.members().get("grants") instanceof JsonArray(List<Json> elements) ? elements : List.of();
        assertThat(grants)
                .singleElement()
                .satisfies(grant -> assertThat(((JsonObject) grant).members())
                        .containsEntry("grant", new JsonString(grant()))
                        .containsEntry("requester", new JsonString("clinic"))
                        .containsEntry("status", new JsonString("revoked")));
    }

    @Test
    void disclosures_refusals_and_the_emergency_are_in_the_patients_list() throws Exception {
        SalusProcess listed = salus(
                "disclosures",
                "--json",
                "--patient",
                patient(),
                "--gateway",
                gateway(),
                "--keystore",
                "patient.p12",
                "--password-file",
                "patient.password");

        assertThat(listed.exitCode()).as(listed.errors()).isZero();
        assertThat(listed.output())
                .contains("\"BTG\"", "\"clinic\"", "grant-pending", "Observation/glucose/_history/1");
    }

    @Test
    void the_decision_on_a_revoked_grant_is_a_proven_no() throws Exception {
        SalusProcess decided = salus(
                "decide",
                "--json",
                "--grant",
                grant(),
                "--terms",
                "terms.json",
                "--requester",
                alice(),
                "--log-key",
                "hospital/ledger.vkey");

        assertThat(decided.exitCode()).isEqualTo(1);
        assertThat(parsed(decided).members())
                .containsEntry("permitted", new JsonBoolean(false))
                .containsEntry("proven", new JsonBoolean(true))
                .containsEntry("code", new JsonString("grant-revoked"));
    }

    @Test
    void without_the_logs_key_a_decision_says_that_the_node_is_believed() throws Exception {
        SalusProcess decided = salus("decide", "--grant", grant(), "--terms", "terms.json", "--requester", alice());

        assertThat(decided.exitCode()).isEqualTo(1);
        assertThat(decided.errors()).hasLineCount(1).contains("--log-key");
    }

    @Test
    void a_patient_who_is_not_there_is_refused_in_one_line() throws Exception {
        SalusProcess fetched = salus(
                "fetch",
                "Observation?patient=" + "0".repeat(32),
                "--out",
                "none.json",
                "--gateway",
                gateway(),
                "--log-key",
                "hospital/ledger.vkey",
                "--keystore",
                "clinic/alice.p12",
                "--password-file",
                "clinic.password");

        assertThat(fetched.exitCode()).isEqualTo(1);
        assertThat(fetched.errors()).hasLineCount(1).contains("403");
        assertThat(fetched.output()).isEmpty();
        assertThat(work().resolve("none.json")).doesNotExist();
    }

    @Test
    void what_starts_from_the_cache_prints_nothing_beside_its_result() throws Exception {
        JsonObject verified = json("verify", "audit", "--log-key", "hospital/ledger.vkey", "--json");

        assertThat(verified.members()).containsEntry("clean", new JsonBoolean(true));
    }

    @Test
    void only_a_registrar_registers_patients() throws Exception {
        SalusProcess registered = salus(
                "patient",
                "register",
                "--patient",
                "p1",
                "--public-key",
                key(),
                "--gateway",
                gateway(),
                "--keystore",
                "clinic/alice.p12",
                "--password-file",
                "clinic.password");

        assertThat(registered.exitCode()).isEqualTo(1);
        assertThat(registered.errors()).hasLineCount(1).contains("403");
    }

    @Test
    void no_command_said_a_secret() throws IOException {
        String secrets = Files.readString(file("out"))
                + Files.readString(file("err"))
                + Files.readString(work().resolve("node.log"));
        for (String owner : List.of("hospital", "clinic", "patient")) {
            assertThat(secrets)
                    .doesNotContain(Files.readString(work().resolve(owner + ".password"))
                            .strip());
        }
        assertThat(secrets).doesNotContain("PRIVATE+KEY").doesNotContain("Erika");
    }

    @Test
    @Order(AFTER_ALL_OTHERS)
    void every_command_ends_as_the_guide_says_and_prints_what_it_shows() throws Exception {
        Files.createFile(file("answered"));

        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(shell.exitValue()).as(said()).isZero();
        guide.assertShownIn(Files.readString(file("out")));
    }

    private static JsonObject json(String... arguments) throws Exception {
        SalusProcess run = salus(arguments);
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return parsed(run);
    }

    private static JsonObject parsed(SalusProcess run) {
        assertThat(run.output()).hasLineCount(1);
        return JsonReader.object(run.output().strip().getBytes(StandardCharsets.UTF_8));
    }

    private static SalusProcess salus(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder().directory(work().toFile());
        builder.environment().put("SALUS_NODE", "http://127.0.0.1:" + port);
        return SalusProcess.run(builder, directory, PATIENCE, arguments);
    }

    private static String said() throws IOException {
        List<String> said = new ArrayList<>();
        for (Path path : List.of(file("out"), file("err"), work().resolve("node.log"))) {
            said.add(path + ":\n" + (Files.exists(path) ? Files.readString(path) : "nothing"));
        }
        return String.join("\n", said);
    }

    private static Path work() {
        return directory.resolve("work");
    }

    private static Path file(String name) {
        return directory.resolve(name);
    }

    private static String gateway() {
        return "http://127.0.0.1:" + port + "/hospital/fhir";
    }

    private static String patient() throws IOException {
        return asked(0);
    }

    private static String grant() throws IOException {
        return asked(1);
    }

    private static String alice() throws IOException {
        return asked(2);
    }

    private static String asked(int index) throws IOException {
        return Files.readString(file("asked")).strip().split(" ", -1)[index];
    }

    /** Some public key. */
    private static String key() throws Exception {
        JsonObject made =
                json("patient", "key", "--keystore", "other.p12", "--password-file", "patient.password", "--json");
        return made.members().get("key") instanceof JsonString(String key) ? key : "";
    }
}
