package health.salus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandLineModelTest {
    private static final Path GUIDE = Path.of("../docs/command-line.md");

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_says_what_it_does(CommandSpec command) {
        assertThat(command.usageMessage().description()).hasSize(1);
        assertThat(command.usageMessage().description()[0]).matches("[A-Z].*[.]");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_shows_an_example_of_itself(CommandSpec command) {
        List<String> example = List.of(command.usageMessage().footer());

        assertThat(String.join(" ", example).replace(" \\", "").replaceAll(" +", " "))
                .contains(command.qualifiedName());
        assertThat(command.commandLine().getUsageMessage().lines()).containsAll(example); // not broken in other places
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_option_and_parameter_is_described(CommandSpec command) {
        assertThat(command.args())
                .allSatisfy(argument -> assertThat(argument.description())
                        .as(argument.paramLabel())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_help_text_lists_the_exit_codes(CommandSpec command) {
        assertThat(command.usageMessage().exitCodeList()).isEqualTo(ExitCode.meanings());
    }

    @Test
    void no_option_takes_a_password_itself() {
        assertThat(commands().flatMap(command -> command.options().stream()).map(option -> option.longestName()))
                .noneMatch(name -> name.endsWith("password") || name.endsWith("secret") || name.endsWith("pin"));
    }

    @Test
    void the_guide_lists_every_command_and_no_other() throws IOException {
        String table = commands()
                .filter(command -> command.subcommands().isEmpty())
                .map(command -> "| `" + command.qualifiedName() + "` | "
                        + command.usageMessage().description()[0] + " |")
                .collect(Collectors.joining("\n"));

        assertThat(rows("command")).isEqualTo(table);
    }

    @Test
    void the_guide_explains_every_exit_code_and_no_other() throws IOException {
        String table = ExitCode.meanings().entrySet().stream()
                .map(code -> "| " + code.getKey() + " | " + code.getValue() + " |")
                .collect(Collectors.joining("\n"));

        assertThat(rows("exit code")).isEqualTo(table);
    }

    /** The rows of the guide's table whose first column has this heading. */
    private static String rows(String heading) throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .dropWhile(line -> !line.startsWith("| " + heading + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .collect(Collectors.joining("\n"));
    }

    static Stream<CommandSpec> commands() {
        return withSubcommands(Salus.commandLine(Terminal.NONE));
    }

    private static Stream<CommandSpec> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                new TreeMap<>(command.getSubcommands())
                        .values().stream().flatMap(CommandLineModelTest::withSubcommands));
    }
}
