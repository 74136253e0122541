package health.salus.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void the_launcher_says_which_outputs_are_terminals() {
        assertThat(Terminal.of("", Map.of())).isEqualTo(new Terminal(false, false, true));
        assertThat(Terminal.of("out,err", Map.of())).isEqualTo(new Terminal(true, true, true));
        assertThat(Terminal.of(",err", Map.of())).isEqualTo(new Terminal(false, true, true));
    }

    @Test
    void colours_stay_off_where_the_environment_says_so() {
        assertThat(Terminal.of("out", Map.of("NO_COLOR", "1")).colours()).isFalse();
        assertThat(Terminal.of("out", Map.of("TERM", "dumb")).colours()).isFalse();
    }
}
