package health.salus.cli.access;

import static health.salus.cli.CliRun.salus;
import static health.salus.cli.client.FakeNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.cli.client.FakeNode;
import org.junit.jupiter.api.Test;

class DecideCommandIT {
    private static final String KEY = "A".repeat(43);
    private static final String HANDLE = "a".repeat(32);

    @Test
    void whoever_the_state_does_not_know_is_denied_with_the_reason() {
        try (FakeNode node = new FakeNode(json(200, "{\"height\":3,\"key\":\"network/certificate\"}"))) {
            CliRun decided = salus("decide", "--emergency", HANDLE, "--requester", KEY, "--node", node.uri(), "--json");

            assertThat(decided.exitCode()).isEqualTo(1);
            assertThat(decided.text("code")).isEqualTo("unknown-certificate");
        }
    }

    @Test
    void a_block_that_is_not_there_is_a_usage_error_that_says_which_is_the_last() {
        try (FakeNode node =
                new FakeNode(json(404, "{}"), json(200, "{\"network\":\"test\",\"verifier\":\"key\",\"height\":3}"))) {
            CliRun decided =
                    salus("decide", "--emergency", HANDLE, "--requester", KEY, "--height", "9", "--node", node.uri());

            assertThat(decided.exitCode()).isEqualTo(2);
            assertThat(decided.err()).isEqualTo("salus: no block 9 (the last is 3)\n");
        }
    }

    @Test
    void either_a_grant_with_its_terms_or_an_emergency_is_asked_about() {
        CliRun decided = salus("decide", "--grant", HANDLE, "--requester", KEY);

        assertThat(decided.exitCode()).isEqualTo(2);
        assertThat(decided.err()).hasLineCount(1).contains("--terms");
    }
}
