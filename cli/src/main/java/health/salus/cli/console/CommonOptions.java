package health.salus.cli.console;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Mix-in of the root command; every other command inherits these. */
public final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help text.")
    private boolean help;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace where something goes wrong.")
    private boolean verbose;

    /** Whether {@code --help} was given; picocli then prints the help text instead of running the command. */
    public boolean help() {
        return help;
    }

    /** Whether {@code --verbose} was given. */
    public boolean verbose() {
        return verbose;
    }
}
