package health.salus.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hospital.example:1",
                "raft-1.hospital.example:9870",
                "localhost:65535",
                "10.0.0.1:9870",
                "4.example:9870",
                "[::1]:9870",
                "[::]:9870",
                "[2001:db8::7]:9870",
                "[fe80::]:9870",
                "[2001:db8:0:1:2:3:4:5]:9870"
            })
    void a_host_and_a_port_are_taken(String endpoint) {
        assertThat(Syntax.isEndpoint(endpoint)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":9870",
                "hospital.example",
                "hospital.example:",
                "hospital.example:0",
                "hospital.example:0987",
                "hospital.example:65536",
                "hospital.example:+1",
                "Hospital.example:9870",
                "hospital..example:9870",
                ".example:9870",
                "example.:9870",
                "-a.example:9870",
                "a-.example:9870",
                "jane doe:9870",
                "jane@hospital.example:9870",
                "http://hospital.example:9870",
                "hospital.example:9870/x",
                "10.0.0.256:9870",
                "10.0.0:9870",
                "1:9870",
                "10.0.0.01:9870",
                "::1:9870",
                "[1.2.3.4]:9870",
                "[:::1]:9870",
                "[1::2::3]:9870",
                "[1:2:3:4:5:6:7]:9870",
                "[1:2:3:4:5:6:7:8:9]:9870",
                "[1:2:3:4::5:6:7:8]:9870",
                "[12345::]:9870",
                "[1:]:9870",
                "[FE80::1]:9870",
                "[fe80::1%eth0]:9870",
                "[]:9870",
                "hospital.example:9870\n"
            })
    void anything_else_is_not(String endpoint) {
        assertThat(Syntax.isEndpoint(endpoint)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void a_label_has_at_most_63_characters(int length) {
        assertThat(Syntax.isEndpoint("a".repeat(length) + ".example:1")).isEqualTo(length == 63);
    }
}
