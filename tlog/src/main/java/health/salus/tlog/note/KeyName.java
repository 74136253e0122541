package health.salus.tlog.note;

/** Which names a key of a signed note may have (c2sp.org/signed-note). */
final class KeyName {
    private KeyName() {}

    /** Returns {@code name}. @throws IllegalArgumentException if it is empty or has a space, plus or control character */
    static String checked(String name) {
        if (name.isEmpty() || name.codePoints().anyMatch(KeyName::forbidden)) {
            throw new IllegalArgumentException("key name of " + name.length()
                    + " characters (expected: at least 1, none a space, plus or control character)");
        }
        return name;
    }

    private static boolean forbidden(int c) {
        return c == '+'
                || c < ' '
                || c == 0x7f
                || c == 0x85
                || Character.isSpaceChar(c)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
