package health.salus.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExampleTest {
    @Test
    void a_short_command_stays_on_its_line() {
        assertThat(Example.lines("salus log show --log DIR")).containsExactly("  salus log show --log DIR");
    }

    @Test
    void a_long_command_is_broken_before_options_so_that_a_shell_can_read_it() {
        String[] lines =
                Example.lines("salus identity enroll --keystore clinic/ca.p12 --name \"A. Example\" --attribute "
                        + "clinician --out clinic/alice.p12 --password-file clinic/password");

        assertThat(lines)
                .containsExactly(
                        "  salus identity enroll --keystore clinic/ca.p12 --name \"A. Example\" \\",
                        "    --attribute clinician --out clinic/alice.p12 \\",
                        "    --password-file clinic/password");
    }
}
