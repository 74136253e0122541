package health.salus.cli.console;

import java.util.ArrayList;
import java.util.List;

/** The example in a help text: broken so that it fits a terminal, and can be copied from there. */
public final class Example {
    private static final int WIDTH = 78;
    private static final String INDENT = "  ";
    private static final String CONTINUED = " \\";

    private Example() {}

    /** Lines of a command, broken before options only. */
    public static String[] lines(String command) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        for (String part : command.strip().split(" (?=--)", -1)) {
            if (line.length() + 1 + part.length() + CONTINUED.length() > WIDTH) {
                lines.add(line + CONTINUED);
                line = new StringBuilder(INDENT).append(INDENT).append(part);
            } else {
                line.append(line.toString().isBlank() ? "" : " ").append(part);
            }
        }
        lines.add(line.toString());
        return lines.toArray(String[]::new);
    }
}
