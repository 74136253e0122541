package health.salus.ledger.contract;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How names on the ledger are spelt. Every transaction asks for most several times, so these are loops: the regular
 * expressions that the comments give took a tenth of the time of a block.
 */
public final class Syntax {
    private static final int NETWORK_DIGITS = 16;
    private static final int MAX_PATH = 160;
    private static final int MAX_HOST = 253;
    private static final int MAX_PORT = 65_535;
    private static final int IPV6_GROUPS = 8;

    // of nodes' addresses, which change seldom
    private static final Pattern ENDPOINT =
            Pattern.compile("(\\[[0-9a-f:]{2,39}]|[a-z0-9.-]{1,253}):([1-9][0-9]{0,4})");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6_GROUP = Pattern.compile("[0-9a-f]{1,4}");

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

    /**
     * Whether {@code text} is {@code host:port}: a host name of lower-case labels (RFC 1123 §2.1), an IPv4 address, or an
     * IPv6 address in brackets (RFC 4291 §2.2, forms 1 and 2, lower case), and a port from 1 to 65535 without leading
     * zeros.
     */
    public static boolean isEndpoint(String text) {
        Matcher parts = ENDPOINT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
            return false;
        }
        String host = parts.group(1);
        return host.startsWith("[") ? isIpv6(host.substring(1, host.length() - 1)) : isHost(host);
    }

    private static boolean isHost(String host) {
        String[] labels = host.split("\\.", -1);
        if (host.length() > MAX_HOST || !Arrays.stream(labels).allMatch(LABEL.asMatchPredicate())) {
            return false;
        }
        boolean numeric = labels[labels.length - 1].chars().allMatch(c -> isDigit((char) c)); // no top-level domain is
        return !numeric || IPV4.matcher(host).matches();
    }

    private static boolean isIpv6(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address) == IPV6_GROUPS;
        }
        int before = gap == 0 ? 0 : groups(address.substring(0, gap));
        String rest = address.substring(gap + 2);
        int after = rest.isEmpty() ? 0 : groups(rest);
        return before >= 0 && after >= 0 && before + after < IPV6_GROUPS;
    }

    /** How many groups these are; -1 if they are none. */
    private static int groups(String text) {
        String[] groups = text.split(":", -1);
        return Arrays.stream(groups).allMatch(IPV6_GROUP.asMatchPredicate()) ? groups.length : -1;
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
