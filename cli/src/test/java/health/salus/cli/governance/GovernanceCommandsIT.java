package health.salus.cli.governance;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.Node;
import health.salus.foundation.JsonReader;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.ledger.block.Genesis;
import health.salus.node.organization.LogKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consortium of a hospital and a clinic decides by the commands that its admins type. */
class GovernanceCommandsIT {
    @TempDir
    Path dir;

    private Path password;
    private GovernedNode node;

    @BeforeEach
    void a_network() throws Exception {
        password = Files.writeString(dir.resolve("password"), "correct horse\n");
        create("clinic", "--node", "https://clinic.example", "--raft", "clinic.example:9870");
        salus(all(
                        List.of("network", "init", "--name", "clinics", "--organization", "hospital"),
                        List.of("--gateway", "https://hospital.example/fhir", "--governance", "members"),
                        List.of("--node", "https://hospital.example", "--raft", "[2001:db8::7]:9870"),
                        List.of("--member", dir.resolve("clinic/organization.json"), "--dir", dir.resolve("hospital"))))
                .succeeded();
        node = new GovernedNode(Files.readAllBytes(dir.resolve("hospital/genesis.json")));
        for (String organization : List.of("hospital", "clinic")) {
            ask(
                            "identity",
                            "enroll",
                            "--keystore",
                            dir.resolve(organization + "/ca.p12"),
                            "--name",
                            "Office",
                            "--role",
                            "admin",
                            "--out",
                            dir.resolve(organization + "/admin.p12"))
                    .succeeded();
        }
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void members_decide_together_who_is_one() throws Exception {
        create("lab");

        CliRun proposed = as("hospital", "network", "propose", "admit", dir.resolve("lab/organization.json"), "--json")
                .succeeded();
        String id = proposed.text("proposal");
        assertThat(proposed.text("status")).isEqualTo("open");
        assertThat(look("proposals").out())
                .contains(id, "admit lab", "proposed by hospital", "approved by hospital", "1 of 2 votes needed");
        assertThat(look("members").out()).doesNotContain("lab");

        CliRun voted = as("clinic", "network", "vote", id, "--approve").succeeded();

        assertThat(voted.out()).startsWith("proposal " + id + "\naccepted: admit lab\n");
        assertThat(look("proposals").out()).isEqualTo("no open proposals\n");
        assertThat(look("members").out()).isEqualTo("""
                clinic  active, votes, node https://clinic.example (clinic.example:9870)
                hospital  active, votes, node https://hospital.example ([2001:db8::7]:9870)
                lab  active, votes, no node
                final: what 2 of 2 nodes have cosigned
                """);
    }

    @Test
    void admitting_with_org_admit_is_a_proposal() throws Exception {
        create("lab");

        assertThat(as("hospital", "org", "admit", dir.resolve("lab/organization.json"), "--json")
                        .text("status"))
                .isEqualTo("open");
    }

    @Test
    void a_rejected_proposal_is_closed() {
        String id =
                as("hospital", "network", "propose", "quorum", "2", "--json").text("proposal");

        assertThat(as("clinic", "network", "vote", id, "--reject").succeeded().out())
                .startsWith("proposal " + id + "\nrejected: set the quorum to 2\n");
    }

    @Test
    void a_proposal_is_taken_back_by_who_made_it() {
        String id = as("hospital", "network", "propose", "activate", "records", "2", "100000", "--json")
                .text("proposal");

        assertThat(as("clinic", "network", "withdraw", id).exitCode()).isEqualTo(1);
        assertThat(as("hospital", "network", "withdraw", id).succeeded().out())
                .startsWith("proposal " + id + "\nwithdrawn: activate records version 2 at height 100000\n");
    }

    @Test
    void neither_of_two_throws_out_the_other() throws Exception {
        String key = Candidate.ofJson(JsonReader.object(Files.readAllBytes(dir.resolve("clinic/organization.json"))))
                .authority()
                .base64Url();
        for (List<Object> change : List.<List<Object>>of(
                List.of("remove", "clinic"),
                List.of("suspend", "clinic"),
                List.of("replace-keys", "clinic", "--authority", key))) {
            CliRun refused = as("hospital", all(List.of("network", "propose"), change, List.of("--json")));

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.text("code")).isEqualTo("too-few-voters");
        }
        assertThat(as("hospital", "network", "propose", "restore", "clinic").out())
                .contains("rejected: wrong-status");
    }

    @Test
    void an_organization_says_itself_where_its_node_is_and_that_it_has_none() throws Exception {
        Object[] moved = {
            "network",
            "update-node",
            "https://new.clinic.example",
            "new.clinic.example:9870",
            "--node-keystore",
            dir.resolve("clinic/node.p12")
        };

        CliRun updated = as("clinic", all(List.of(moved), List.of("--json"))).succeeded();

        Candidate before =
                Candidate.ofJson(JsonReader.object(Files.readAllBytes(dir.resolve("clinic/organization.json"))));
        assertThat(updated.json().members().get("node"))
                .isEqualTo(new Node(
                                "https://new.clinic.example",
                                "new.clinic.example:9870",
                                before.node().orElseThrow().log(),
                                before.node().orElseThrow().witness())
                        .json());
        assertThat(look("members").out())
                .contains("clinic  active, votes, node https://new.clinic.example (new.clinic.example:9870)");

        assertThat(as("clinic", "network", "retire-node").succeeded().out()).contains("without yours");
        assertThat(look("members").out()).contains("clinic  active, votes, no node", "1 of 1 nodes");
        assertThat(as("clinic", "network", "retire-node", "--json").text("code"))
                .isEqualTo("no-node");
        as("clinic", moved).succeeded();
        assertThat(look("members").out()).contains("2 of 2 nodes");
    }

    @Test
    void nothing_is_sent_that_describes_no_node() {
        create("lab");
        for (List<Object> description : List.<List<Object>>of(
                List.of("https://lab.example/", "lab.example:9870", "--node-keystore", dir.resolve("clinic/node.p12")),
                List.of("https://lab.example", "lab.example", "--node-keystore", dir.resolve("clinic/node.p12")),
                List.of("https://lab.example", "lab.example:9870", "--node-keystore", dir.resolve("lab/node.p12")))) {
            assertThat(as("clinic", all(List.of("network", "update-node"), description))
                            .exitCode())
                    .isEqualTo(2);
        }
        assertThat(look("members").out()).contains("clinic  active, votes, node https://clinic.example");
    }

    @Test
    void who_approves_cannot_reject_in_the_same_vote() {
        String id = "A".repeat(43);

        assertThat(as("clinic", "network", "vote", id, "--approve", "--reject").exitCode())
                .isEqualTo(2);
        assertThat(as("clinic", "network", "vote", id).exitCode()).isEqualTo(2);
    }

    @Test
    void a_nodes_keys_are_those_that_the_network_is_told() throws Exception {
        Genesis genesis = Genesis.of(JsonReader.object(Files.readAllBytes(dir.resolve("hospital/genesis.json"))));
        KeyStoreFile keys = KeyStoreFile.open(dir.resolve("clinic/node.p12"), KeyStorePassword.ofFile(password));
        Candidate clinic =
                Candidate.ofJson(JsonReader.object(Files.readAllBytes(dir.resolve("clinic/organization.json"))));

        assertThat(base64(LogKeys.ledgerLog(keys, genesis).verifier().publicKey()))
                .isEqualTo(clinic.node().orElseThrow().log());
        assertThat(LogKeys.ledgerLog(keys, genesis).verifier().name()).isEqualTo(genesis.origin());
        assertThat(LogKeys.witness(keys, genesis, "clinic").verifier().vkey())
                .startsWith(genesis.origin() + "/clinic+");
        assertThat(Files.readString(dir.resolve("hospital/ledger.vkey")).strip())
                .isEqualTo(LogKeys.ledgerLog(
                                KeyStoreFile.open(dir.resolve("hospital/node.p12"), KeyStorePassword.ofFile(password)),
                                genesis)
                        .verifier()
                        .vkey());
    }

    @Test
    void a_node_has_both_its_addresses_and_they_are_well_formed() {
        for (List<Object> options : List.<List<Object>>of(
                List.of("--node", "https://lab.example"),
                List.of("--node", "https://lab.example/", "--raft", "lab.example:9870"),
                List.of("--node", "https://lab.example", "--raft", "lab.example:0"))) {
            CliRun created = salus(all(
                    List.of("org", "create", "lab", "--gateway", "https://lab.example/fhir"),
                    List.of("--dir", dir.resolve("lab")),
                    options));

            assertThat(created.exitCode()).isEqualTo(2);
            assertThat(dir.resolve("lab")).doesNotExist();
        }
    }

    private void create(String id, Object... options) {
        salus(all(
                        List.of("org", "create", id, "--gateway", "https://" + id + ".example/fhir"),
                        List.of("--dir", dir.resolve(id)),
                        List.of(options)))
                .succeeded();
    }

    private CliRun as(String organization, Object... command) {
        return ask(all(List.of(command), List.of("--keystore", dir.resolve(organization + "/admin.p12"))));
    }

    private CliRun look(String command) {
        CliRun seen = salus("network", command, "--node", node.uri());
        assertThat(seen.err()).hasLineCount(1).contains("--log-key");
        return seen;
    }

    private CliRun ask(Object... command) {
        return salus(all(List.of(command), List.of("--node", node.uri())));
    }

    /** These arguments, and where the password is. */
    private Object[] all(List<?>... arguments) {
        List<Object> all = new ArrayList<>();
        for (List<?> some : arguments) {
            all.addAll(some);
        }
        if (!all.contains("--password-file")) {
            all.addAll(List.of("--password-file", password));
        }
        return all.toArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
