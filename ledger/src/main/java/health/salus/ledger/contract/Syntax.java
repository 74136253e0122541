package health.salus.ledger.contract;

/**
 * How names on the ledger are spelt. Every transaction asks several times, so these are loops: the regular expressions
 * that the comments give took a tenth of the time of a block.
 */
public final class Syntax {
    private static final int NETWORK_DIGITS = 16;
    private static final int MAX_PATH = 160;

    private Syntax() {}

    /** Whether {@code text} is {@code [a-z][a-z0-9-]*} of {@code least} to {@code most} characters. */
    public static boolean isName(String text, int least, int most) {
        return text.length() >= least && text.length() <= most && isName(text, text.length());
    }

    private static boolean isName(String text, int end) {
        if (end == 0 || !isLower(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            if (!isLower(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} is the id of a network: {@code [a-z][a-z0-9-]{0,31}\.[0-9a-f]{16}}. */
    public static boolean isNetwork(String text) {
        int dot = text.length() - NETWORK_DIGITS - 1;
        if (dot < 1 || dot > 32 || text.charAt(dot) != '.' || !isName(text, dot)) {
            return false;
        }
        for (int i = dot + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDigit(c) && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} is the path of a state key: {@code [A-Za-z0-9._/-]{1,160}}. */
    public static boolean isPath(String text) {
        if (text.isEmpty() || text.length() > MAX_PATH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && (c < '-' || c > '/') && c != '_') { // '-', '.', '/' follow each other
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return isLower((char) (c | 0x20)) && c < 0x80;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
