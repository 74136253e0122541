package health.salus.cli.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ended; the process ends with {@link #number()}. {@code docs/command-line.md} explains each. */
public enum ExitCode {
    /** Done, and every check held. */
    OK(0, "done; every check held"),
    /** A check did not hold, or the ledger or a gateway refused. */
    REFUSED(1, "a check did not hold, or the request was refused"),
    /** The command line or a file named on it is not as expected; nothing was done. */
    USAGE(2, "wrong options, or an input that cannot be used; nothing was done"),
    /** No answer: try again. A transaction may have been committed; submitting the same one again is safe. */
    UNAVAILABLE(3, "no answer, or the outcome is unknown; trying again is safe"),
    /** Stored data are damaged or were altered. */
    DAMAGED(4, "stored data are damaged or were altered"),
    /** A fault of Salus itself. */
    FAULT(5, "a fault in Salus itself");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What the process ends with. */
    public int number() {
        return number;
    }

    /** What it means, in a few words for help texts. */
    public String meaning() {
        return meaning;
    }

    /** All of them, number to meaning, in order. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(Integer.toString(code.number), code.meaning);
        }
        return meanings;
    }
}
