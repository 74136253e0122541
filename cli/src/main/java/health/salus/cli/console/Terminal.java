package health.salus.cli.console;

import java.util.List;
import java.util.Map;

/**
 * Which of the process's outputs somebody watches. The launcher finds out ({@code test -t}) and hands it over in the
 * system property {@value #PROPERTY}, because Java can't ask about standard error.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param colours whether a terminal may be sent colours (not where {@code NO_COLOR} is set or {@code TERM=dumb})
 */
public record Terminal(boolean out, boolean err, boolean colours) {
    /** Names the outputs that are terminals, separated by commas: {@code out,err}. */
    public static final String PROPERTY = "salus.terminals";

    /** No terminal: output goes to files and pipes. */
    public static final Terminal NONE = new Terminal(false, false, false);

    /** This process's. */
    public static Terminal ofProcess() {
        return of(System.getProperty(PROPERTY, ""), System.getenv());
    }

    static Terminal of(String outputs, Map<String, String> environment) {
        List<String> names = List.of(outputs.split(","));
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(names.contains("out"), names.contains("err"), colours);
    }
}
