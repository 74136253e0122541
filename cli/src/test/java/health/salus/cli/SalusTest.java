package health.salus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class SalusTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void the_version_names_the_java_it_runs_on() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("salus ").contains("Java 25");
    }

    @Test
    void without_a_command_it_says_where_help_is() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).isEqualToNormalizingNewlines("salus: no command given; see 'salus --help'\n");
    }

    @Test
    void a_mistyped_command_is_answered_in_one_line_with_what_was_meant() {
        assertThat(run("completoin")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("did you mean completion");
    }

    @Test
    void a_failure_is_one_line_and_its_exit_code() {
        Exception failure = new CommandException(ExitCode.DAMAGED, "log is short\n(expected: 3 entries)");

        assertThat(run(failure, "fail")).isEqualTo(4);
        assertThat(err.toString()).isEqualToNormalizingNewlines("salus: log is short; (expected: 3 entries)\n");
    }

    @Test
    void verbose_adds_the_stack_trace() {
        assertThat(run(new java.net.http.HttpTimeoutException("late"), "fail", "--verbose"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("HttpTimeoutException", "late", "\tat ");
    }

    @Test
    void what_nobody_foresaw_is_a_fault_of_salus() {
        assertThat(run(new IllegalStateException("x"), "fail")).isEqualTo(5);
        assertThat(err.toString()).hasLineCount(1).contains("IllegalStateException", "--verbose");
    }

    @Test
    void the_completion_script_knows_the_commands() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).contains("complete -F _complete_salus", "completion");
    }

    private int run(String... arguments) {
        return run(new IllegalStateException("unused"), arguments);
    }

    private int run(Exception failure, String... arguments) {
        CommandLine salus = Salus.commandLine(Terminal.NONE);
        salus.addSubcommand(new CommandLine(new Failing(failure))
                .setExecutionExceptionHandler(salus.getExecutionExceptionHandler()));
        return salus.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Command(name = "fail")
    private record Failing(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }
}
