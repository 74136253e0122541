package health.salus.node.config;

import java.util.regex.Pattern;

/** Addresses that lead to this machine only. */
final class Loopback {
    private static final Pattern NAMES =
            Pattern.compile("localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[?::1]?|\\[?0:0:0:0:0:0:0:1]?");

    private Loopback() {}

    /** Whether a host is such an address; no name but {@code localhost} is looked up. */
    static boolean is(String host) {
        return NAMES.matcher(host).matches();
    }
}
