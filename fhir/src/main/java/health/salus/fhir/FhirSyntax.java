package health.salus.fhir;

/** The forms of names in FHIR R4. In loops, since every resource that leaves is checked by them several times. */
public final class FhirSyntax {
    private static final int MOST = 64;

    private FhirSyntax() {}

    /** Whether {@code text} has the form of a resource type's name: {@code [A-Z][A-Za-z]{1,63}}. */
    public static boolean isType(String text) {
        if (text.length() < 2 || text.length() > MOST || text.charAt(0) < 'A' || text.charAt(0) > 'Z') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} is an {@code id} (FHIR R4 §2.24.0.1): {@code [A-Za-z0-9\-.]{1,64}}. */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MOST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && (c < '0' || c > '9') && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
