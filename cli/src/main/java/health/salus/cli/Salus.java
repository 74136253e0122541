package health.salus.cli;

import health.salus.cli.console.CommonOptions;
import health.salus.cli.console.Example;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Failures;
import health.salus.cli.console.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where {@code salus} starts. No command touches another's classes, so that short ones start fast. */
@Command(
        name = "salus",
        description = "Exchange health data so that everything about it can be proven.",
        versionProvider = Version.class,
        footer = "salus demo")
public final class Salus implements Runnable {
    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine salus = commandLine(Terminal.ofProcess(), arguments.length == 0 ? "" : arguments[0]);
        salus.setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8));
        salus.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int exitCode = salus.execute(arguments);
        salus.getOut().flush();
        System.exit(exitCode);
    }

    /** All commands, ready to {@link CommandLine#execute}; not thread-safe. */
    public static CommandLine commandLine(Terminal terminal) {
        return commandLine(terminal, "");
    }

    /** The command called {@code first} only; all commands if there is none of that name in this module. */
    private static CommandLine commandLine(Terminal terminal, String first) {
        Salus root = new Salus();
        CommandLine salus = new CommandLine(root);
        salus.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build());
        if (Commands.NAMES.contains(first)) { // making all models and looking into all jars takes most of the start
            salus.addSubcommand(Commands.create(first));
        } else {
            Commands.NAMES.forEach(name -> salus.addSubcommand(Commands.create(name)));
            ServiceLoader.load(CommandProvider.class)
                    .forEach(provider -> provider.commands().forEach(salus::addSubcommand));
            salus.addSubcommand(new CompletionCommand());
        }
        Failures failures = new Failures(root.options);
        salus.setExecutionExceptionHandler(failures);
        salus.setParameterExceptionHandler(failures);
        salus.setColorScheme(
                Help.defaultColorScheme(terminal.out() && terminal.colours() ? Help.Ansi.ON : Help.Ansi.OFF));
        salus.setUsageHelpAutoWidth(terminal.out());
        document(salus);
        return salus;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    /** Gives every command what their help texts have in common. */
    private static void document(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.usageMessage()
                .descriptionHeading("%n")
                .parameterListHeading("%nParameters:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings())
                .footerHeading("%nExample:%n")
                .footer(Example.lines(String.join(" ", spec.usageMessage().footer())))
                .sortOptions(false);
        command.getSubcommands().values().forEach(Salus::document);
    }
}
