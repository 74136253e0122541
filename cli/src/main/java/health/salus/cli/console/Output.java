package health.salus.cli.console;

import health.salus.foundation.Json.JsonObject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Mix-in of commands that print: text for people, or with {@code --json} exactly one JSON document on one line.
 * Whatever is not the result goes to standard error.
 */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    @Option(names = "--json", description = "Print one JSON document instead of text.")
    private boolean json;

    /** Prints the result: {@code text}, or {@code document} where {@code --json} was given. */
    public void show(JsonObject document, String text) {
        PrintWriter out = commandLine().getOut();
        if (json) {
            out.println(new String(document.canonical(), StandardCharsets.UTF_8));
        } else {
            out.print(text.isEmpty() || text.endsWith("\n") ? text : text + System.lineSeparator());
        }
        out.flush();
    }

    /** Whether {@code --json} was given. */
    public boolean json() {
        return json;
    }

    /** Says something beside the result, on standard error. */
    public void note(String line) {
        PrintWriter err = commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /** Text in bold green where standard output is a terminal with colours. */
    public String good(String text) {
        return colour("bold,green", text);
    }

    /** Text in bold red where standard output is a terminal with colours. */
    public String bad(String text) {
        return colour("bold,red", text);
    }

    /** Begins long work. */
    public Progress progress(String what) {
        return Progress.begin(commandLine().getErr(), Terminal.ofProcess().err(), what);
    }

    private String colour(String style, String text) {
        CommandLine.Help.Ansi ansi = commandLine().getColorScheme().ansi();
        return ansi.enabled()
                ? CommandLine.Help.Ansi.Style.on(CommandLine.Help.Ansi.Style.parse(style))
                        + text
                        + CommandLine.Help.Ansi.Style.reset.on()
                : text;
    }

    private CommandLine commandLine() {
        return command.commandLine();
    }
}
