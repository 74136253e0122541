package health.salus.cli.node;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.cli.Salus;
import health.salus.cli.console.Terminal;
import health.salus.foundation.Json.JsonBoolean;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandIT {
    private static final Pattern ADDRESS = Pattern.compile("listens at (http://\\S+)");

    @TempDir
    Path dir;

    @Test
    void a_network_that_was_begun_by_commands_alone_takes_a_certificate_in_and_proves_it() throws Exception {
        Path password = Files.writeString(dir.resolve("password"), "correct horse\n");
        Path hospital = dir.resolve("hospital");
        salus(
                        "network",
                        "init",
                        "--name",
                        "test",
                        "--organization",
                        "hospital",
                        "--gateway",
                        "https://hospital.example/hospital/fhir",
                        "--dir",
                        hospital,
                        "--password-file",
                        password)
                .succeeded();
        Path config = hospital.resolve("salus.yaml");
        Files.writeString(config, Files.readString(config).replace("kind: embedded", "kind: none"));
        StringWriter out = new StringWriter();
        Thread node = Thread.ofPlatform()
                .start(() -> Salus.commandLine(Terminal.NONE)
                        .setOut(new PrintWriter(out))
                        .execute("node", "--config", config.toString(), "--set", "salus.listen.port=0"));
        try {
            String address = address(out);

            CliRun enrolled = salus(
                            "identity",
                            "enroll",
                            "--keystore",
                            hospital.resolve("ca.p12"),
                            "--name",
                            "A. Example",
                            "--role",
                            "admin",
                            "--out",
                            dir.resolve("admin.p12"),
                            "--password-file",
                            password,
                            "--node",
                            address,
                            "--json")
                    .succeeded();

            assertThat(enrolled.text("outcome")).isEqualTo("accepted");
            for (String probe : DeployFiles.probePaths()) {
                assertThat(status(address + probe)).as(probe).isEqualTo(200);
            }
            assertThat(salus("tx", "show", enrolled.text("id"), "--node", address, "--json")
                            .succeeded()
                            .text("outcome"))
                    .isEqualTo("accepted");
            Path receipt = Files.writeString(
                    dir.resolve("receipt"),
                    salus("receipt", "fetch", enrolled.text("id"), "--node", address)
                            .succeeded()
                            .out());
            salus("receipt", "verify", receipt, "--log-key", hospital.resolve("ledger.vkey"))
                    .succeeded();
            salus(
                            "identity",
                            "announce",
                            "--keystore",
                            hospital.resolve("ca.p12"),
                            "--member",
                            hospital.resolve("node.p12"),
                            "--password-file",
                            password,
                            "--node",
                            address)
                    .succeeded();
            CliRun denied = decide(address, enrolled.text("kid"), hospital);
            assertThat(denied.exitCode()).isEqualTo(1);
            assertThat(denied.text("code")).isEqualTo("unknown-emergency");
            assertThat(denied.json().members()).containsEntry("proven", new JsonBoolean(true));
            try (LyingNode lying = new LyingNode(URI.create(address), "\"active\"", "\"revoked\"")) {
                CliRun deceived = decide(lying.uri(), enrolled.text("kid"), hospital);
                assertThat(deceived.exitCode()).isEqualTo(1);
                assertThat(deceived.out()).isEmpty();
                assertThat(deceived.err()).hasLineCount(1).contains("does not prove");
            }
            salus("log", "entry", "2", "--log", address + "/ledger", "--log-key", hospital.resolve("ledger.vkey"))
                    .succeeded();
        } finally {
            node.interrupt();
            node.join(Duration.ofSeconds(60));
        }
        salus("verify", hospital.resolve("data/ledger"), "--log-key", hospital.resolve("ledger.vkey"))
                .succeeded();
    }

    private static int status(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static CliRun decide(Object node, String requester, Path hospital) {
        return salus(
                "decide",
                "--emergency",
                "0".repeat(32),
                "--requester",
                requester,
                "--log-key",
                hospital.resolve("ledger.vkey"),
                "--node",
                node,
                "--json");
    }

    @Test
    void a_configuration_that_is_not_there_is_a_usage_error() {
        CliRun run = salus("node", "--config", dir.resolve("nowhere.yaml"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("no such file", "nowhere.yaml");
    }

    private static String address(StringWriter out) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            Matcher matcher = ADDRESS.matcher(out.toString());
            if (matcher.find()) {
                return matcher.group(1);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no node after 60 s: " + out);
    }
}
