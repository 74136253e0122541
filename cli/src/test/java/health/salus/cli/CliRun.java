package health.salus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.console.Terminal;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What one run of {@code salus} in this process left behind. */
public record CliRun(int exitCode, String out, String err) {
    /** Runs a command line. */
    public static CliRun salus(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return run(Salus.commandLine(Terminal.NONE), texts);
    }

    static CliRun run(CommandLine salus, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                salus.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
        return new CliRun(exitCode, out.toString(), err.toString());
    }

    /** This run, which ended well and said nothing on standard error. */
    public CliRun succeeded() {
        assertThat(this).isEqualTo(new CliRun(0, out, ""));
        return this;
    }

    /** The one JSON document on standard output. */
    public JsonObject json() {
        assertThat(out).hasLineCount(1);
        return JsonReader.object(out.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** A string of that document. */
    public String text(String member) {
        assertThat(json().members()).containsKey(member);
        return json().members().get(member) instanceof health.salus.foundation.Json.JsonString(String value)
                ? value
                : "";
    }
}
