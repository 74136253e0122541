package health.salus.node.smart;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SMART scope for resources (SMART App Launch 2.0 "Scopes for requesting FHIR resources"); the older
 * {@code .read}, {@code .write} and {@code .*} are understood.
 *
 * @param context {@code system} or {@code patient}
 * @param type a resource type, or {@code *}
 * @param verbs a non-empty selection of {@code cruds}, in that order
 */
record SmartScope(String context, String type, String verbs) {
    private static final Pattern SYNTAX =
            Pattern.compile("(system|patient)/([A-Z][A-Za-z]{1,63}|\\*)\\.(read|write|\\*|c?r?u?d?s?)");

    /** Reads one scope; empty where the text is none, or selects nothing. */
    static Optional<SmartScope> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String verbs = switch (matcher.group(3).toLowerCase(Locale.ROOT)) {
            case "read" -> "rs";
            case "write" -> "cud";
            case "*" -> "cruds";
            default -> matcher.group(3);
        };
        return verbs.isEmpty()
                ? Optional.empty()
                : Optional.of(new SmartScope(matcher.group(1), matcher.group(2), verbs));
    }

    boolean permits(String resourceType, char verb) {
        return (type.equals("*") || type.equals(resourceType)) && verbs.indexOf(verb) >= 0;
    }

    /** The scope in SMART 2.0 notation. */
    @Override
    public String toString() {
        return context + "/" + type + "." + verbs;
    }
}
